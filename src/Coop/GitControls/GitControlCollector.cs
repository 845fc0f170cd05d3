using System.Text;
using Coop.Errors;
using Coop.Formats;
using Coop.Git;
using Coop.Native;
using Coop.Repositories;
using Coop.Storage;
using Coop.Trees;

namespace Coop.GitControls;

/// <summary>Finds what git on the host obeys in a repository: gitrepository-layout(5), git-worktree(1), gitsubmodules(7), and what the effective configuration names inside the tree.</summary>
internal sealed class GitControlCollector(GitClient git)
{
    private const int ConfigLimitBytes = 1 << 20;

    // Keys whose value is a place git reads hooks or attributes from.
    private static readonly string[] PlaceKeys = ["core.hookspath", "core.attributesfile"];

    /// <exception cref="UserError">One of them leads out of the repository; the box does not start.</exception>
    public async Task<GitControlSet> CollectAsync(
        RepositoryLocation location,
        GitConfiguration configuration,
        CancellationToken cancellationToken
    )
    {
        if (location is not { GitDirectory: { } own, CommonDirectory: { } common })
        {
            return GitControlSet.None;
        }

        Gathering gathering = new();
        var modules = GitModules.Find(common, cancellationToken);
        gathering.AddCopy(common.Join("config"), BoxGitConfig.Render(OwnScopes(configuration)));
        gathering.Add(common.Join("config.worktree"), GitControlKind.Blank);
        AddDirectories(gathering, common);
        gathering.Add(common.Join("commondir"), GitControlKind.ReadOnly);
        gathering.Add(common.Join("objects").Join("info").Join("alternates"), GitControlKind.ReadOnly);
        foreach (var module in modules)
        {
            var entries = TryRead(module.Join("config")) is { } content
                ? await git.ReadConfigurationTextAsync(content, cancellationToken)
                : null;
            gathering.AddCopy(module.Join("config"), BoxGitConfig.Render(entries?.Entries ?? []));
            gathering.Add(module.Join("config.worktree"), GitControlKind.Blank);
            AddDirectories(gathering, module);
            gathering.Add(module.Join("commondir"), GitControlKind.ReadOnly);
        }

        AddWorktrees(gathering, location, own, common);
        var inTree = AddTree(gathering, location, configuration);
        foreach (var control in gathering.Existing)
        {
            RequireInside(control.Path, location.Root, own, common);
        }

        return new GitControlSet(gathering.Existing, gathering.Missing, gathering.EmptyDirectories, modules, inTree);
    }

    // An engine follows a link to what it mounts: one that leads out of the repository would show its box any directory of the host.
    private static void RequireInside(BytePath path, params ReadOnlySpan<BytePath> places)
    {
        var physical = PhysicalPath.Of(path);
        foreach (var place in places)
        {
            if (physical.IsWithin(place))
            {
                return;
            }
        }

        throw new UserError(
            $"'{path}' leads out of the repository to '{physical}', which a box would see.",
            "Put a file or directory in the place of the link. Hooks that lie elsewhere are named by: git config --global core.hooksPath <directory>"
        );
    }

    // Read by Coop, without following a link: a box may have made the module's directory.
    private static byte[]? TryRead(BytePath file)
    {
        try
        {
            return SafeFile.Read(file.Parent, BytePath.From(file.Name), ConfigLimitBytes);
        }
        catch (UserError)
        {
            return null;
        }
    }

    // What the repository itself says: its file and what that includes, its worktree's file.
    private static IEnumerable<GitConfigEntry> OwnScopes(GitConfiguration configuration) =>
        configuration.Entries.Where(entry => entry.Scope is "local" or "worktree");

    private static void AddDirectories(Gathering gathering, BytePath gitDirectory)
    {
        gathering.AddDirectory(gitDirectory.Join("hooks"));
        gathering.AddDirectory(gitDirectory.Join("info"));
    }

    // The administrative directories of other worktrees are none of this box's business; its own keeps its pointers.
    private static void AddWorktrees(Gathering gathering, RepositoryLocation location, BytePath own, BytePath common)
    {
        if (location.IsLinkedWorktree)
        {
            gathering.Add(own.Join("gitdir"), GitControlKind.ReadOnly);
            gathering.Add(own.Join("commondir"), GitControlKind.ReadOnly);
            gathering.Add(own.Join("config.worktree"), GitControlKind.Blank);
        }

        foreach (var name in SmallDirectory.Names(common.Join("worktrees")))
        {
            var worktree = common.Join("worktrees").Join(name);
            if (!worktree.Equals(own))
            {
                gathering.Add(worktree, GitControlKind.ReadOnly);
            }
        }
    }

    private static HashSet<BytePath> AddTree(Gathering gathering, RepositoryLocation location, GitConfiguration configuration)
    {
        var root = location.Root;
        HashSet<BytePath> inTree = [];
        var pointer = root.Join(".git");
        if (FileQuestion.StatusOfLink(CString.From(pointer.Bytes)) is { IsRegular: true })
        {
            gathering.Add(pointer, GitControlKind.ReadOnly);
        }

        foreach (var named in configuration.Entries.SelectMany(entry => NamedPaths(root, entry)))
        {
            // Through `..` or a link a path may lead anywhere: only what truly lies in the tree is the box's to change.
            var physical = PhysicalPath.Of(named);
            var place = physical.IsWithin(root) ? physical : named;
            var isInGitDirectory =
                location.CommonDirectory is { } common && (place.IsWithin(common) || physical.IsWithin(common));
            if (place.IsWithin(root) && !place.Equals(root) && !isInGitDirectory && inTree.Add(place))
            {
                gathering.Add(place, GitControlKind.ReadOnly);
            }
        }

        return inTree;
    }

    private static IEnumerable<BytePath> NamedPaths(BytePath root, GitConfigEntry entry)
    {
        if (OriginPath(root, entry) is { } origin)
        {
            yield return origin;
        }

        if (entry.Value is not { Length: > 0 } value)
        {
            yield break;
        }

        if (
            entry.Key == "include.path"
            || (
                entry.Key.StartsWith("includeif.", StringComparison.Ordinal)
                && entry.Key.EndsWith(".path", StringComparison.Ordinal)
            )
        )
        {
            yield return Resolve(OriginPath(root, entry)?.Parent ?? root, value);
        }
        else if (PlaceKeys.Contains(entry.Key))
        {
            yield return Resolve(root, value);
        }
        else if (!GitConfigRules.IsSafeOnHost(entry.Key, value) && ProgramOf(value) is { } program)
        {
            // A program of the tree that the user's own configuration starts, such as diff.external = ./tools/diff.
            var path = Resolve(root, program);
            if (FileQuestion.StatusOf(CString.From(path.Bytes)) is { IsRegular: true })
            {
                yield return path;
            }
        }
    }

    private static string? ProgramOf(string value) =>
        ShellWords.Split(value.TrimStart('!')) is [var first, ..] && first.Contains('/') ? first : null;

    private static BytePath? OriginPath(BytePath root, GitConfigEntry entry) =>
        entry.Origin.StartsWith("file:", StringComparison.Ordinal) ? Resolve(root, entry.Origin["file:".Length..]) : null;

    // Lexical, so that a path that does not exist yet is still known for what it will be.
    private static BytePath Resolve(BytePath directory, string value)
    {
        var path = BytePath.From(Encoding.UTF8.GetBytes(value));
        return (path.IsAbsolute ? path : directory.Join(path)).Normalized();
    }

    private sealed class Gathering
    {
        public List<GitControl> Existing { get; } = [];

        public List<BytePath> Missing { get; } = [];

        public List<BytePath> EmptyDirectories { get; } = [];

        public void Add(BytePath path, GitControlKind kind) => Add(new GitControl(path, kind));

        public void AddCopy(BytePath path, string content) => Add(new GitControl(path, GitControlKind.Copy, content));

        public void AddDirectory(BytePath path)
        {
            if (!Exists(path))
            {
                EmptyDirectories.Add(path);
            }

            Existing.Add(new GitControl(path, GitControlKind.ReadOnly));
        }

        private void Add(GitControl control)
        {
            if (Exists(control.Path))
            {
                Existing.Add(control);
            }
            else
            {
                Missing.Add(control.Path);
            }
        }

        private static bool Exists(BytePath path) => FileQuestion.StatusOfLink(CString.From(path.Bytes)) is not null;
    }
}
