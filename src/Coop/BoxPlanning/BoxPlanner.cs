using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Formats;
using Coop.Logins;
using Coop.Native;
using Coop.Places;
using Coop.Storage;

namespace Coop.BoxPlanning;

/// <summary>Decides everything about a box from what is wanted and what was read. Pure: the heart of Coop's promises is tested as data.</summary>
internal static class BoxPlanner
{
    private const string CertificatesPath = "/run/coop/certificates";

    // Places of the box that the kernel or Coop itself fills; a repository there would hide them.
    private static readonly string[] ReservedPlaces =
    [
        "/proc",
        "/sys",
        "/dev",
        "/run/coop",
        "/etc",
        "/usr",
        "/bin",
        "/sbin",
        "/lib",
        "/lib64",
    ];

    /// <exception cref="UserError">The box cannot keep its promises; it does not start.</exception>
    public static BoxPlan Plan(BoxRequest request, BoxFacts facts, Settings settings)
    {
        var root = facts.Location.Root;
        CheckPlace(root);
        var user = BoxUserPlanner.Plan(facts.Engine, facts.Caller, facts.RepositoryOwner, root.ToString());
        var files = IdentityFiles(user, facts, settings);
        List<PlannedDirectory> directories = [];
        var (masks, decoys, trackedPaths) = DecoyPlanner.Plan(facts);
        var mounts = PlanMounts(request, facts, settings, user, request.AccountName, files, masks, directories);
        var (staged, sources) = MountStaging.Plan(facts, user, mounts);
        var maskFile = MaskFile.Plan(facts, staged);
        return new BoxPlan
        {
            RunId = facts.RunId,
            Name = $"coop-{RepositoryId.NameOf(root)}-{facts.RunId}",
            Engine = facts.Engine,
            Image = ImageOf(facts.Engine, facts.HasOwnImage ? root : null, settings),
            Role = request.Role,
            Target = request.Agent is null ? request.Role.ToString().ToLowerInvariant() : request.AccountName,
            Repository = root,
            IsForeign = request.IsForeign,
            Location = facts.Location,
            Hidden = facts.Hidden,
            VisibleTokens = facts.VisibleTokens,
            Decoys = decoys,
            TrackedPaths = trackedPaths,
            Tools = ToolsFor(request.Role, facts),
            GitControls = facts.GitControls,
            User = user,
            Mounts = staged,
            Staging = sources,
            StagingDirectory = sources.Count == 0 ? null : MountStaging.DirectoryOf(facts),
            Files = AllFiles(files, facts, maskFile),
            MaskFile = maskFile,
            Directories = [.. directories, .. EmptyControls(facts, user)],
            AgentHome = request.Home,
            Environment = Variables(request, facts, settings),
            SecretEnvironment =
            [
                .. ProxyWords(request, facts, settings),
                .. SecretVariables(request, facts),
                .. ClockWords(request),
            ],
            WorkingDirectory = settings.WorkingDirectory is { } chosen ? BytePath.From(chosen) : facts.StartDirectory,
            HomeInBox = settings.HomeInBox,
            Egress = request.Role == BoxRole.Build ? EgressMode.Open : settings.Egress,
            HostPorts = BelongsToTheUser(request.Role) ? settings.HostPorts : [],
            Limits = new BoxLimits(settings.Pids, settings.MemoryBytes, settings.Cpus),
            HasTerminal = HasTerminal(facts),
            ReadsTerminal = facts.Terminal.InputIsTerminal,
            Labels = Labels(request.Role, root, facts.RunId),
            ExtraArguments = settings.RunArguments,
            Command = request.Command,
            LineDirectory = facts.LineDirectory,
        };
    }

    private static IReadOnlyList<PlannedFile> AllFiles(
        IReadOnlyList<(PlannedFile File, string Target)> files,
        BoxFacts facts,
        PlannedFile? maskFile
    ) => [.. files.Select(file => file.File), .. GitMounts.Files(facts), .. maskFile is null ? [] : (PlannedFile[])[maskFile]];

    private static IReadOnlyList<BoxVariable> Labels(BoxRole role, BytePath root, string runId) =>
        [new("coop.repo", root.ToString()), new("coop.role", role.ToString().ToLowerInvariant()), new("coop.run", runId)];

    // Coop's own errands need no home that lasts, and nothing of the user's may be there when a box is attacked on purpose.
    private static bool BelongsToTheUser(BoxRole role) =>
        role is not (BoxRole.Demo or BoxRole.Doctor or BoxRole.Build or BoxRole.Provision or BoxRole.Gate);

    private static IEnumerable<PlannedDirectory> EmptyControls(BoxFacts facts, BoxUser user) =>
        facts.GitControls.EmptyDirectories.Select(directory => new PlannedDirectory(directory, user.OnDisk, IsOpen: true));

    private static PlannedTools? ToolsFor(BoxRole role, BoxFacts facts) =>
        facts.Tools is { } versions && (role == BoxRole.Provision || (BelongsToTheUser(role) && role != BoxRole.Login))
            ? new PlannedTools(versions, StatePaths.Tools(facts.Directories, facts.Location.Root, facts.Engine.Name()))
            : null;

    private static void CheckPlace(BytePath root)
    {
        foreach (var place in ReservedPlaces)
        {
            var isWithin = root.IsWithin(BytePath.From(place));
            if (isWithin || BytePath.From(place).IsWithin(root))
            {
                throw UserError.Usage(
                    $"The repository '{root}' {(isWithin ? "lies in" : "holds")} {place}, which a box needs for itself.",
                    "Work on a copy somewhere else, in your home directory for instance."
                );
            }
        }
    }

    /// <summary>The image of a repository's boxes; null on bubblewrap, which has none.</summary>
    /// <param name="ownImageOf">The repository when it has a <c>Dockerfile.agent</c>.</param>
    public static string? ImageOf(EngineKind engine, BytePath? ownImageOf, Settings settings) =>
        engine == EngineKind.Bubblewrap ? null
        : settings.Image is { } forced ? forced
        : ownImageOf is not null ? RepositoryId.ImageOf(ownImageOf)
        : settings.BaseImage;

    private static List<(PlannedFile File, string Target)> IdentityFiles(BoxUser user, BoxFacts facts, Settings settings)
    {
        List<(PlannedFile File, string Target)> files =
        [
            (
                PlannedFile.Shared(facts.Directories, "passwd", BoxIdentity.PasswordFile(user.Inside, settings.HomeInBox)),
                "/etc/passwd"
            ),
            (PlannedFile.Shared(facts.Directories, "group", BoxIdentity.GroupFile(user.Inside)), "/etc/group"),
            (PlannedFile.Shared(facts.Directories, "gitconfig", BoxIdentity.GitConfig(facts.GitConfiguration)), "/etc/gitconfig"),
            (PlannedFile.Shared(facts.Directories, "gitignore", facts.GlobalIgnores), BoxIdentity.GitIgnorePath),
        ];
        if (facts.Certificates.Count > 0)
        {
            var content = string.Concat(facts.Certificates.Select(pem => pem.TrimEnd() + "\n"));
            files.Add((PlannedFile.Shared(facts.Directories, "certificates", content), CertificatesPath));
        }

        if (facts.Engine == EngineKind.Bubblewrap)
        {
            files.Add(
                (PlannedFile.Shared(facts.Directories, "resolver", BoxIdentity.ResolverFile(settings.Egress)), "/etc/resolv.conf")
            );
            files.Add((PlannedFile.Shared(facts.Directories, "hosts", BoxIdentity.HostsFile()), "/etc/hosts"));
        }

        return files;
    }

    private static List<Mount> PlanMounts(
        BoxRequest request,
        BoxFacts facts,
        Settings settings,
        BoxUser user,
        string account,
        IReadOnlyList<(PlannedFile File, string Target)> files,
        IReadOnlyList<Mount> masks,
        List<PlannedDirectory> directories
    )
    {
        var root = facts.Location.Root;
        var home = BytePath.From(settings.HomeInBox);
        List<Mount> mounts = [];

        // The home comes first: a repository inside it lies on top.
        if (settings.KeepHomes && BelongsToTheUser(request.Role))
        {
            AddDirectory(MountPurpose.Home, StatePaths.Home(facts.Directories, root, account), home);
        }

        if (settings.KeepCache && BelongsToTheUser(request.Role))
        {
            AddDirectory(MountPurpose.Cache, StatePaths.Cache(facts.Directories, root), home.Join(".cache"));
        }

        mounts.AddRange(ParentMounts.Plan(facts, user, directories));
        mounts.Add(new Mount(MountPurpose.Repository, root, root, IsReadOnly: false));
        mounts.AddRange(GitMounts.Plan(facts));
        mounts.AddRange(
            facts.Hidden.RuleFiles.Select(root.Join).Select(file => new Mount(MountPurpose.Rules, file, file, IsReadOnly: true))
        );
        mounts.AddRange(masks);
        mounts.AddRange(SpecialMounts.Plan(facts));

        mounts.Add(
            new Mount(MountPurpose.Program, BytePath.From(facts.ProgramPath), BytePath.From(GuestProtocol.ProgramPath), true)
        );
        if (ToolsFor(request.Role, facts) is { } tools)
        {
            AddDirectory(MountPurpose.Tools, tools.Directory, BytePath.From(GuestProtocol.ToolsPlace));
        }

        if ((request.AgentsToFill ?? facts.Agents) is { } agents)
        {
            mounts.Add(new Mount(MountPurpose.Agents, agents, AgentsPlace.InBox, IsReadOnly: request.AgentsToFill is null));
        }

        if (facts.LineDirectory is { } line)
        {
            mounts.Add(new Mount(MountPurpose.Lifeline, line, BytePath.From(GuestProtocol.LineDirectory), IsReadOnly: true));
        }

        mounts.AddRange(files.Select(file => new Mount(MountPurpose.Identity, file.File.Path, BytePath.From(file.Target), true)));
        directories.AddRange(NestedPlaces(mounts, user));
        return mounts;

        void AddDirectory(MountPurpose purpose, BytePath source, BytePath target)
        {
            directories.Add(new PlannedDirectory(source, user.OnDisk));
            mounts.Add(new Mount(purpose, source, target, IsReadOnly: false));
        }
    }

    // Where a mount lies inside the home, its place must exist there with the right owner: an engine would make it as root, or could not make it at
    // all through an id-mapped mount.
    private static IEnumerable<PlannedDirectory> NestedPlaces(List<Mount> mounts, BoxUser user)
    {
        if (mounts.Find(mount => mount.Purpose == MountPurpose.Home) is not { } home)
        {
            yield break;
        }

        // What lies in the tree has its place there.
        var root = mounts.Find(mount => mount.Purpose == MountPurpose.Repository)!;
        foreach (
            var mount in mounts.Where(mount =>
                mount.Target.IsWithin(home.Target) && (mount == root || !mount.Target.IsWithin(root.Target)) && mount != home
            )
        )
        {
            Stack<BytePath> places = new();
            for (var place = mount.Target.RelativeTo(home.Target); !place.IsEmpty; place = place.Parent)
            {
                places.Push(place);
            }

            foreach (var place in places)
            {
                yield return new PlannedDirectory(home.Source.Join(place), user.OnDisk);
            }
        }
    }

    // Bubblewrap's boxes get a terminal from Coop's own first process, which leaves a redirected output alone.
    private static bool HasTerminal(BoxFacts facts) =>
        facts.Terminal.InputIsTerminal && (facts.Terminal.OutputIsTerminal || facts.Engine == EngineKind.Bubblewrap);

    private static IReadOnlyList<BoxVariable> Variables(BoxRequest request, BoxFacts facts, Settings settings)
    {
        SortedDictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["HOME"] = settings.HomeInBox,
            ["LANG"] = "C.UTF-8",
            ["LOGNAME"] = BoxIdentity.UserName,
            ["USER"] = BoxIdentity.UserName,
        };
        if (facts.Certificates.Count > 0)
        {
            // Node has a list of its own, to which this one is added; what else trusts them is up to the image.
            variables["NODE_EXTRA_CA_CERTS"] = CertificatesPath;
        }

        if (ToolsFor(request.Role, facts) is { } tools)
        {
            // The box holds nothing but the repository, whose author its user trusts with code anyway.
            variables["MISE_TRUSTED_CONFIG_PATHS"] = facts.Location.Root.ToString();
            foreach (var (name, value) in tools.Versions.Variables)
            {
                variables[name] = value;
            }
        }

        if (HasTerminal(facts))
        {
            variables["TERM"] = facts.Terminal.Type ?? "xterm";
            if (facts.Terminal.ColorType is { } color)
            {
                variables["COLORTERM"] = color;
            }
        }

        foreach (var (name, value) in request.Agent?.QuietVariables ?? [])
        {
            variables[name] = value;
        }

        foreach (var (name, below) in request.Agent?.Home?.Variables ?? [])
        {
            variables[name] = Path.Combine(settings.HomeInBox, below);
        }

        if (request.Agent is { HidesGitSettings: true })
        {
            BoxIdentity.AddCommitter(variables, facts.GitConfiguration);
        }

        return [.. variables.Select(variable => new BoxVariable(variable.Key, variable.Value))];
    }

    private static IEnumerable<CString> ProxyWords(BoxRequest request, BoxFacts facts, Settings settings) =>
        request.Role is BoxRole.Build
        || ((BelongsToTheUser(request.Role) || request.Role is BoxRole.Provision) && settings.Egress == EgressMode.Open)
            ? facts.Proxies.Select(variable => CString.From($"{variable.Name}={variable.Value}"))
            : [];

    // No secret, but here it wins over the image's zone, the user's and that of engine arguments of theirs.
    private static IEnumerable<CString> ClockWords(BoxRequest request) => request.ShowsUtc ? [CString.From("TZ=UTC0")] : [];

    private static IReadOnlyList<CString> SecretVariables(BoxRequest request, BoxFacts facts) =>
        [.. VariablesFor(request, facts).Select(variable => CString.From($"{variable.Name}={variable.Value}"))];

    /// <summary>The user's variables that reach the box; of two lines for one name the later.</summary>
    public static IEnumerable<BoxVariable> VariablesFor(BoxRequest request, BoxFacts facts) =>
        GetsVariables(request.Role)
            ? facts.UserVariables.Where(variable => CredentialScope.Reaches(variable.Name, request.Agent))
            : [];

    // Who signs in has no key yet, and must not be signed in by another one.
    private static bool GetsVariables(BoxRole role) => BelongsToTheUser(role) && role != BoxRole.Login;
}
