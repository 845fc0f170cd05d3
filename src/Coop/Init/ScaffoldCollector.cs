using System.Text;
using Coop.Errors;
using Coop.Git;
using Coop.Native;
using Coop.Repositories;
using Coop.Storage;
using Coop.Trees;
using Microsoft.Win32.SafeHandles;

namespace Coop.Init;

/// <summary>Reads what the scaffold of a tree depends on; follows no link and changes nothing.</summary>
internal static class ScaffoldCollector
{
    private const int LargestFileBytes = 4 << 20;
    private const int Permissions = 0b111_111_111;

    // Where people also keep a Compose file for agents.
    private static readonly BytePath OtherCompose = BytePath.From(".agent/compose.yml");

    /// <param name="configuration">The repository's, as git reads it.</param>
    /// <param name="files">As <see cref="StackReader"/> reads them.</param>
    public static ScaffoldFacts Collect(
        RepositoryLocation location,
        GitConfiguration configuration,
        IReadOnlyList<(string Name, string Text)> files
    )
    {
        using var root = OpenTree.OpenRoot(location.Root);
        var hasSkills = StatusOf(root, ScaffoldPlanner.ClaudeSkills) is { IsDirectory: true };
        var (hooks, place) = HooksOf(location, configuration);
        return new ScaffoldFacts(hasSkills, hooks, place)
        {
            OtherHooks =
            [
                .. SmallDirectory
                    .Names(location.Root.Join(ScaffoldPlanner.HooksDirectory))
                    .Where(name => !name.Name.SequenceEqual(ScaffoldPlanner.Hook.Name))
                    .Select(name => name.ToString()),
            ],
            HasToolVersions = files.Any(file => file.Name == StackDetector.ToolVersions),
            Tools = StackDetector.Tools(files),
            Services = StatusOf(root, OtherCompose) is null ? StackDetector.Services(files) : [],
        };
    }

    private static FileStatus? StatusOf(SafeFileHandle root, BytePath path)
    {
        using var parent = OpenTree.OpenDirectory(root, path.Parent);
        return parent is not null && OpenTree.TryStat(parent, path.Name, out var status) ? status : null;
    }

    /// <exception cref="UserError">A file cannot be read, or is larger than 4 MiB.</exception>
    public static FoundThing Find(BytePath root, BytePath path)
    {
        using var top = OpenTree.OpenRoot(root);
        if (WhatIsInTheWay(top, path.Parent) is { } behind)
        {
            return behind;
        }

        using var parent = OpenTree.OpenDirectory(top, path.Parent);
        if (parent is null || !OpenTree.TryStat(parent, path.Name, out var status))
        {
            return new FoundThing.Nothing();
        }

        if (status.IsLink && OpenTree.ReadLink(parent, path.Name) is { } text)
        {
            return new FoundThing.Link(BytePath.From(text).ToString());
        }

        if (!status.IsRegular)
        {
            return new FoundThing.Other(FileKind.Describe(status.Mode));
        }

        var content = SafeFile.Read(OpenTree.Number(parent), path.Name, path, LargestFileBytes);
        return content is null
            ? new FoundThing.Nothing()
            : new FoundThing.RegularFile(content, (uint)(status.Mode & Permissions));
    }

    private static FoundThing.Behind? WhatIsInTheWay(SafeFileHandle top, BytePath directory)
    {
        if (directory.IsEmpty)
        {
            return null;
        }

        if (WhatIsInTheWay(top, directory.Parent) is { } further)
        {
            return further;
        }

        using var parent = OpenTree.OpenDirectory(top, directory.Parent);
        return parent is not null && OpenTree.TryStat(parent, directory.Name, out var status) && !status.IsDirectory
            ? new FoundThing.Behind(directory.ToString(), FileKind.Describe(status.Mode))
            : null;
    }

    private static (CommitHooks Hooks, string Place) HooksOf(RepositoryLocation location, GitConfiguration configuration)
    {
        if (configuration.Get("core.hookspath") is { } named)
        {
            var directory = BytePath.From(named);
            var absolute = (directory.IsAbsolute ? directory : location.Root.Join(directory)).Normalized();
            return absolute.Equals(location.Root.Join(ScaffoldPlanner.HooksDirectory))
                ? (CommitHooks.Checked, "")
                : (CommitHooks.Elsewhere, directory.ToString());
        }

        var hooks = location.CommonDirectory!.Join("hooks");
        var active = SmallDirectory.Names(hooks).Where(name => !name.Bytes.EndsWith(".sample"u8)).ToList();
        if (active.Count == 0)
        {
            return (CommitHooks.None, "");
        }

        return active.TrueForAll(name => !name.Name.SequenceEqual(Encoding.UTF8.GetBytes(PreCommitHook.Name)))
                ? (CommitHooks.Private, "")
            : Checks(hooks.Join(PreCommitHook.Name)) ? (CommitHooks.Checked, "")
            : (CommitHooks.Private, hooks.Join(PreCommitHook.Name).ToString());
    }

    private static bool Checks(BytePath hook)
    {
        try
        {
            return BoundedFile.Read(CString.From(hook.Bytes), LargestFileBytes) is { } text
                && PreCommitHook.Checks(Encoding.UTF8.GetString(text));
        }
        catch (IOException)
        {
            return false;
        }
    }
}
