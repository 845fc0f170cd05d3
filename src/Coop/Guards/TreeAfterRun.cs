using Coop.Boxes;
using Coop.Native;
using Coop.Storage;
using Coop.Trees;

namespace Coop.Guards;

/// <summary>One walk of the tree when its box has ended: other git directories that lie in it, and changed files that the host runs by itself.</summary>
/// <param name="root">Absolute.</param>
/// <param name="guarded">The repository's own git directory; not walked.</param>
/// <param name="started">Files whose change time is not before it were written during the run. The kernel sets that time; no program can.</param>
internal sealed class TreeAfterRun(BytePath root, BytePath? guarded, long started) : ITreeVisitor
{
    private readonly List<BytePath> repositories = [];
    private readonly List<HostTrigger> triggers = [];

    /// <summary>Absolute paths of what git would take for a repository: names <c>.git</c>, and directories laid out like a bare one.</summary>
    public IReadOnlyList<BytePath> Repositories => repositories;

    /// <summary>Most dangerous first, then by path.</summary>
    public IReadOnlyList<HostTrigger> Triggers =>
        [.. triggers.OrderBy(trigger => trigger.Danger).ThenBy(trigger => trigger.Path)];

    public void Visit(TreeDirectory directory)
    {
        var (hasHead, hasObjects, hasReferences) = (false, false, false);
        var isVendored = directory.Tag == 1;
        var ofDirectory = isVendored ? null : HostTriggers.OfDirectory(directory.Path);
        foreach (var entry in directory)
        {
            hasHead |= entry.Name.SequenceEqual("HEAD"u8);
            hasObjects |= entry.Name.SequenceEqual("objects"u8);
            hasReferences |= entry.Name.SequenceEqual("refs"u8);
            if (IsGitName(entry.Name))
            {
                AddRepository(directory, entry);
            }
            else if (entry.Type == Dirent.DT_DIR)
            {
                directory.Descend(entry, isVendored || entry.Name.SequenceEqual("node_modules"u8) ? 1 : 0);
            }
            else if (!isVendored)
            {
                AddTrigger(directory, entry, ofDirectory);
            }
        }

        if (hasHead && hasObjects && hasReferences)
        {
            repositories.Add(root.Join(directory.Path));
        }
    }

    // A directory that its owner made unreadable: git does not get in either.
    public void CannotRead(BytePath directory, int tag, int error) { }

    // Case-insensitive file systems take every spelling for the same name (CVE-2014-9390).
    private static bool IsGitName(ReadOnlySpan<byte> name) =>
        name.Length == 4 && name[0] == '.' && (name[1] | 0x20) == 'g' && (name[2] | 0x20) == 'i' && (name[3] | 0x20) == 't';

    private void AddRepository(TreeDirectory directory, TreeEntry entry)
    {
        var path = root.Join(directory.PathOf(entry));

        // The top level's own is guarded by name; a pointer file of a linked worktree is among the controls.
        if (!path.Equals(guarded) && !(directory.Path.IsEmpty && entry.Name.SequenceEqual(".git"u8)))
        {
            repositories.Add(path);
        }
    }

    private void AddTrigger(TreeDirectory directory, TreeEntry entry, TriggerRule? ofDirectory)
    {
        // The kernel is asked only about names that matter.
        if (
            HostTriggers.OfFile(directory.Path, entry.Name, ofDirectory) is { } rule
            && directory.Stat(entry, out var status) == 0
            && status.Changed >= started
        )
        {
            triggers.Add(new HostTrigger(directory.PathOf(entry), rule.Danger, rule.When));
        }
    }
}
