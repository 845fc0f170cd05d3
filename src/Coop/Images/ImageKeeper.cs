using Coop.Agents;
using Coop.Configuration;
using Coop.HiddenFiles;
using Coop.Places;
using Coop.Processes;
using Coop.Repositories;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Images;

/// <summary>Builds the images that boxes run on, remembers what went into them, and notices when that changed.</summary>
internal sealed class ImageKeeper(
    HostEnvironment host,
    UserDirectories directories,
    Settings settings,
    IProcessRunner processes,
    ITerminal terminal,
    TimeProvider time
)
{
    private const int OwnFileLimitBytes = 1 << 20;

    private readonly ImageRecords records = new(directories);
    private readonly ImageBuilder builder = new(host, directories, processes, terminal, time);

    /// <summary>
    /// Builds the base image, with the agents it had and these, and the repository's own image where it has one. An own image that does not build on the base leaves the base
    /// alone, unless agents are asked for.
    /// </summary>
    /// <param name="isUpdate">Everything anew from the newest.</param>
    public async Task BuildAsync(
        EngineKind engine,
        BytePath? repository,
        IReadOnlyList<IAgent> asked,
        bool isUpdate,
        CancellationToken cancellationToken
    )
    {
        var own = repository is null ? null : ReadOwnFile(repository);
        if (own is not null)
        {
            ContainerfileCheck.Check(OwnImage.FileName, own);
        }

        if (own is null || asked.Count > 0 || ImagePlanner.BuildsOn(own, settings.BaseImage))
        {
            await BuildBaseAsync(engine, asked, isUpdate, cancellationToken);
        }

        if (own is not null)
        {
            await BuildOwnAsync(engine, repository!, own, isUpdate, cancellationToken);
        }
    }

    /// <summary>True for a name that Coop gives to images it builds.</summary>
    public bool CanBuild(string tag, BytePath repository) =>
        tag == settings.BaseImage || (tag == RepositoryId.ImageOf(repository) && ReadOwnFile(repository) is not null);

    /// <summary>One line when what an image was built from has changed since; null when not, or when Coop did not build it.</summary>
    public string? Outdated(EngineKind engine, string tag, BytePath repository)
    {
        if (records.Find(engine, tag) is not { } record)
        {
            return null;
        }

        var now =
            tag == settings.BaseImage
                ? ImagePlanner.Base(record.From ?? "", AgentsOf(record), HostCertificates.Read(), settings).Inputs
            : ReadOwnFile(repository) is { } content ? ImagePlanner.Own(repository, content).Inputs
            : record.Inputs;
        return now == record.Inputs ? null : $"what the image '{tag}' is built from has changed: coop build";
    }

    /// <summary>The agents that an image was built with.</summary>
    public IReadOnlyList<IAgent> AgentsIn(EngineKind engine, string tag) =>
        records.Find(engine, tag) is { } record ? AgentsOf(record) : [];

    private static IReadOnlyList<IAgent> AgentsOf(ImageRecord record) =>
        [.. record.Agents.Select(AgentCatalog.Find).OfType<IAgent>()];

    private static byte[]? ReadOwnFile(BytePath repository) =>
        SafeFile.Read(repository, BytePath.From(OwnImage.FileName), OwnFileLimitBytes);

    private async Task BuildBaseAsync(
        EngineKind engine,
        IReadOnlyList<IAgent> asked,
        bool isUpdate,
        CancellationToken cancellationToken
    )
    {
        EngineImages images = new(processes, engine);
        var record = records.Find(engine, settings.BaseImage);
        List<IAgent> agents =
        [
            .. AgentCatalog.All.Where(agent => asked.Contains(agent) || record?.Agents.Contains(agent.Name) == true),
        ];
        var from = await FromAsync(images, record, isUpdate, cancellationToken);
        var plan = ImagePlanner.Base(from, agents, HostCertificates.Read(), settings);
        if (!isUpdate && record?.Inputs == plan.Inputs && await images.SizeAsync(plan.Tag, cancellationToken) is not null)
        {
            terminal.Say($"{plan.Title} is up to date: {plan.Tag}");
            return;
        }

        builder.Build(engine, plan, null, isUpdate, cancellationToken);
        records.Keep(engine, plan.Tag, new ImageRecord(plan.Inputs, plan.Agents, from, time.GetUtcNow().ToUnixTimeSeconds()));
        await TellAsync(images, plan, cancellationToken);
    }

    // The first build keeps the digest it got; later ones stay with it, so that the same inputs give the same image until an update.
    private async Task<string> FromAsync(
        EngineImages images,
        ImageRecord? record,
        bool isUpdate,
        CancellationToken cancellationToken
    )
    {
        var name = settings.NodeImage ?? ImagePlanner.NodeImage;
        var repository = name.Split('@')[0];
        var isPinned = name.Contains('@');
        if (
            !isUpdate
            && record?.From is { } kept
            && (kept == name || kept.StartsWith(RepositoryOf(repository) + "@", StringComparison.Ordinal))
        )
        {
            return kept;
        }

        var isHere = await images.SizeAsync(name, cancellationToken) is not null;
        if (!isHere || (isUpdate && !isPinned && await images.DigestAsync(name, cancellationToken) is not null))
        {
            terminal.Say($"fetching {name}");
            await images.PullAsync(name, cancellationToken);
        }

        return isPinned ? name : await images.DigestAsync(name, cancellationToken) ?? name;
    }

    // Without the tag: "a/b:c" is "a/b"; the colon of a registry's port stands before a slash.
    private static string RepositoryOf(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }

    private async Task BuildOwnAsync(
        EngineKind engine,
        BytePath repository,
        byte[] content,
        bool isUpdate,
        CancellationToken cancellationToken
    )
    {
        var plan = ImagePlanner.Own(repository, content);
        var location = RepositoryFinder.Find(repository, directories.Home);
        var hidden = HiddenSearch.Run(location, directories, settings.ShadowContent, cancellationToken).Found;
        builder.Build(engine, plan, (location, hidden), isUpdate, cancellationToken);
        records.Keep(engine, plan.Tag, new ImageRecord(plan.Inputs, [], null, time.GetUtcNow().ToUnixTimeSeconds()));
        await TellAsync(new EngineImages(processes, engine), plan, cancellationToken);
    }

    private async Task TellAsync(EngineImages images, ImagePlan plan, CancellationToken cancellationToken)
    {
        if (await images.RunningOnAsync(plan.Tag, cancellationToken) is > 0 and var running)
        {
            terminal.Say(
                running == 1 ? "1 box still runs on the image before." : $"{running} boxes still run on the image before."
            );
        }

        foreach (var line in PackageList.Lines(await images.PackageListAsync(plan.Tag, cancellationToken)))
        {
            terminal.Say($"  {line}");
        }
    }
}
