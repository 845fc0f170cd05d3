using Coop.Errors;
using Coop.Formats;
using Coop.Masking;
using Coop.Native;
using Coop.Storage;
using Coop.Trees;

namespace Coop.HiddenFiles;

/// <summary>The one walk of a search: judges every name where it stands, and notes the rest for <see cref="HiddenClosure"/>.</summary>
internal sealed class TreeScan : ITreeVisitor
{
    private const int LongName = 1024;

    private readonly HiddenFindings findings;
    private readonly HiddenMemory memory;
    private readonly FileSurvey survey;
    private readonly PathSet leftAlone;
    private readonly PathSet allowed;

    // What the parent found, until the directory itself is visited.
    private readonly Dictionary<int, DirectoryRules> waiting = [];

    public TreeScan(
        HiddenFindings findings,
        HiddenMemory memory,
        FileSurvey survey,
        UserExceptions exceptions,
        IReadOnlySet<BytePath> leftAlone
    )
    {
        this.findings = findings;
        this.memory = memory;
        this.survey = survey;
        this.leftAlone = new PathSet(leftAlone);
        allowed = new PathSet(exceptions.Paths);
        waiting[0] = DirectoryRules.BuiltIn;
    }

    private TreeIndex Index => findings.Index;

    public void Visit(TreeDirectory directory)
    {
        if (Index.Directory(directory.Tag).Mark == FileMark.Hidden)
        {
            VisitHidden(directory);
            return;
        }

        waiting.Remove(directory.Tag, out var rules);
        VisitVisible(directory, WithRulesOf(directory, rules!));
        survey.Offer(Index);
    }

    public void CannotRead(BytePath directory, int tag, int error)
    {
        // A hidden directory is covered whole, whatever is in it.
        if (Index.Directory(tag).Mark != FileMark.Hidden)
        {
            throw Unreadable(directory, error);
        }
    }

    private static UserError Unreadable(BytePath directory, int error)
    {
        var name = directory.IsEmpty ? "." : directory.ToString();
        return new UserError(
            $"The directory '{name}' cannot be read ({Errno.Text(error)}), so what it holds cannot be hidden.",
            "Make it readable for you, or hide it whole with a line in .coopignore."
        );
    }

    private DirectoryRules WithRulesOf(TreeDirectory directory, DirectoryRules rules)
    {
        List<IgnoreRule>? present = null;
        foreach (var entry in directory)
        {
            if (!CoopIgnore.IsName(entry.Name))
            {
                continue;
            }

            var path = directory.PathOf(entry);
            if (CoopIgnore.Read(directory.Descriptor, path) is { } file)
            {
                rules = rules.With(file);
                (present ??= []).AddRange(file.Rules);
                findings.AddRuleFile(path, directory.Tag);
                findings.Rules.AddRange(file.Rules);
            }
        }

        var missing = memory.MissingRules(directory.Path, present ?? []);
        if (missing is not null)
        {
            rules = rules.With(missing);
        }

        if (present is not null || missing is not null)
        {
            findings.WithFiles[BytePath.From(directory.Path)] = rules;
        }

        return rules;
    }

    private void VisitVisible(TreeDirectory directory, DirectoryRules rules)
    {
        Span<byte> buffer = stackalloc byte[LongName];
        foreach (var entry in directory)
        {
            findings.FilesSeen += entry.Type == Dirent.DT_DIR ? 0 : 1;
            if (leftAlone.Contains(directory, entry))
            {
                continue;
            }

            var name = NameFold.Fold(entry.Name, entry.Name.Length * 2 > LongName ? new byte[entry.Name.Length * 2] : buffer);
            switch (entry.Type)
            {
                case Dirent.DT_DIR:
                    JudgeDirectory(directory, entry, name, rules);
                    break;
                case Dirent.DT_REG:
                    JudgeFile(directory, entry, name, rules);
                    break;
                case Dirent.DT_LNK:
                    JudgeLink(directory, entry, name, rules);
                    break;
                default:
                    var reason = new HiddenReason(HiddenCause.Special, FileKind.DescribeEntry(entry.Type));
                    findings.AddSpecial(new HiddenPath(directory.PathOf(entry), HiddenKind.Special, reason), directory.Tag);
                    break;
            }
        }
    }

    private void JudgeDirectory(TreeDirectory directory, TreeEntry entry, ReadOnlySpan<byte> name, DirectoryRules rules)
    {
        var number = Index.AddDirectory(directory.Tag, entry.Name);
        var reason = rules.Judge(name, isDirectory: true)?.Reason;
        if (reason is null && memory.HasInode(entry.Inode) && directory.Stat(entry, out var status) == 0)
        {
            reason = memory.FindIdentity(status)?.ReasonNow;
        }

        if (allowed.Contains(directory, entry))
        {
            Index.Directory(number).Mark = FileMark.Allowed;
        }
        else if (reason is not null)
        {
            HideDirectory(directory, entry, number, reason);
            return;
        }

        waiting[number] = rules.Enter(name);
        directory.Descend(entry, number);
    }

    private void HideDirectory(TreeDirectory directory, TreeEntry entry, int number, HiddenReason reason)
    {
        var path = directory.PathOf(entry);
        findings.HideDirectory(number, reason);
        findings.AddHidden(new HiddenPath(path, HiddenKind.Directory, reason), directory.Tag);
        if (directory.Stat(entry, out var status) == 0)
        {
            findings.AddIdentity(new HiddenIdentity(path, status, reason), null);
        }

        directory.Descend(entry, number);
    }

    private void JudgeFile(TreeDirectory directory, TreeEntry entry, ReadOnlySpan<byte> name, DirectoryRules rules)
    {
        // Found again below as what it is: never hidden, since it is read-only and tells no secret.
        if (CoopIgnore.IsName(entry.Name))
        {
            return;
        }

        var reason = rules.Judge(name, isDirectory: false)?.Reason;
        var number = Index.AddFile(directory.Tag, entry, FileMark.Visible);
        if (allowed.Contains(directory, entry))
        {
            Index.File(number).Mark = FileMark.Allowed;
            return;
        }

        if (reason is not null)
        {
            HideFile(directory, entry, number, reason);
        }
    }

    private void HideFile(TreeDirectory directory, TreeEntry entry, int number, HiddenReason reason)
    {
        var path = directory.PathOf(entry);
        var error = directory.Stat(entry, out var status);
        if (error == Errno.ENOENT)
        {
            return;
        }

        Index.File(number).Mark = FileMark.Hidden;
        findings.AddHidden(new HiddenPath(path, HiddenKind.File, reason), directory.Tag);
        if (error != 0)
        {
            throw Unreadable(path.Parent, error);
        }

        if (!status.IsRegular)
        {
            throw new UserError(
                $"'{path}' was replaced while it was looked at.",
                "Run the command again when nothing writes there."
            );
        }

        findings.AddIdentity(new HiddenIdentity(path, status, reason), entry.Inode);
    }

    private void JudgeLink(TreeDirectory directory, TreeEntry entry, ReadOnlySpan<byte> name, DirectoryRules rules)
    {
        if (CoopIgnore.IsName(entry.Name))
        {
            return;
        }

        var rule = rules.Judge(name, isDirectory: false);
        var forAll = rule is not null;
        rule ??= rules.Judge(name, isDirectory: true);
        var isAllowed = rule is not null && allowed.Contains(directory, entry);
        var mark =
            isAllowed ? FileMark.Allowed
            : rule is null ? FileMark.Visible
            : FileMark.Hidden;
        Index.AddFile(directory.Tag, entry, mark);
        if (mark == FileMark.Hidden)
        {
            findings.Links.Enqueue(new HiddenLink(directory.PathOf(entry), directory.Tag, rule!.Reason, !forAll));
        }
    }

    private void VisitHidden(TreeDirectory directory)
    {
        var reason = findings.ReasonOfDirectory(directory.Tag);
        foreach (var entry in directory)
        {
            findings.FilesSeen += entry.Type == Dirent.DT_DIR ? 0 : 1;
            if (leftAlone.Contains(directory, entry))
            {
                continue;
            }

            switch (entry.Type)
            {
                case Dirent.DT_DIR:
                    var number = Index.AddDirectory(directory.Tag, entry.Name);
                    findings.HideDirectory(number, reason);
                    directory.Descend(entry, number);
                    break;
                case Dirent.DT_REG:
                    Index.AddFile(directory.Tag, entry, FileMark.Hidden);
                    if (directory.Stat(entry, out var status) == 0)
                    {
                        findings.AddIdentity(new HiddenIdentity(directory.PathOf(entry), status, reason), entry.Inode);
                    }

                    break;
                case Dirent.DT_LNK:
                    Index.AddFile(directory.Tag, entry, FileMark.Hidden);
                    findings.Links.Enqueue(new HiddenLink(directory.PathOf(entry), directory.Tag, reason, false));
                    break;
                default:
                    break;
            }
        }
    }
}
