using Coop.Masking;
using Coop.Native;
using Coop.Storage;
using Coop.Trees;
using Microsoft.Win32.SafeHandles;

namespace Coop.HiddenFiles;

/// <summary>
/// What only the whole tree tells, after the walk: files with a secret in them, files with remembered bytes, the targets of hidden links (and
/// what those uncover in turn), and every other name of what is hidden.
/// </summary>
internal sealed class HiddenClosure(
    HiddenFindings findings,
    HiddenMemory memory,
    FileSurvey survey,
    IContentJudge? content,
    SafeFileHandle root,
    LinkResolver resolver,
    IReadOnlySet<BytePath> leftAlone
)
{
    private TreeIndex Index => findings.Index;

    public void Complete(CancellationToken cancellationToken)
    {
        var surveyed = survey.Finish(Index);
        HideContent(surveyed, cancellationToken);
        foreach (var (number, status, reason) in new RememberedFiles(Index, memory, root).Find(surveyed, cancellationToken))
        {
            HideFile(number, Index.PathOf(Index.File(number)), status, reason);
        }

        while (findings.Links.TryDequeue(out var link))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Follow(link);
        }

        var missed = HideOtherNames(askAll: findings.AreInodesUnreliable, cancellationToken);
        if (missed && !findings.AreInodesUnreliable)
        {
            HideOtherNames(askAll: true, cancellationToken);
        }
    }

    private void HideContent(IReadOnlyList<FileSurvey.SurveyedFile> surveyed, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return;
        }

        var files = surveyed.Where(file => file.MayHoldSecret).ToList();
        var paths = files.ConvertAll(file => (Index.PathOf(Index.File(file.Number)), file.Status));
        var secret = content.Judge(paths, cancellationToken);
        for (var at = 0; at < files.Count && secret.Count > 0; at++)
        {
            var (path, status) = paths[at];
            if (secret.TryGetValue(path, out var reason))
            {
                HideFile(files[at].Number, path, status, reason);
            }
        }
    }

    private void Follow(HiddenLink link)
    {
        var target = resolver.Resolve(link.Path);
        var status = target is null ? null : StatusOf(target);
        if (link.DirectoriesOnly && status is not { IsDirectory: true })
        {
            return;
        }

        findings.AddHidden(new HiddenPath(link.Path, HiddenKind.Link, link.Reason), link.Directory);
        var reason = link.Reason with { Cause = HiddenCause.LinkTarget, Via = link.Path };
        if (status is { IsDirectory: true } directory)
        {
            FollowToDirectory(link, target!, directory, reason);
        }
        else if (status is { IsRegular: true } file && findings.FindHidden(file) is null && !leftAlone.Any(target!.IsWithin))
        {
            findings.AddTarget(new HiddenIdentity(target!, file, reason));
        }
    }

    private FileStatus? StatusOf(BytePath path)
    {
        using var directory = OpenTree.OpenDirectory(root, path.Parent);
        var name = path.IsEmpty ? "."u8 : path.Name;
        return directory is not null && OpenTree.TryStat(directory, name, out var status) ? status : null;
    }

    private void FollowToDirectory(HiddenLink link, BytePath target, FileStatus status, HiddenReason reason)
    {
        // A link to a directory above itself (secrets -> .) names everything and so nothing.
        var number = link.Path.IsWithin(target) ? -1 : Index.FindDirectory(target);
        if (number < 0 || Index.Directory(number).Mark != FileMark.Visible)
        {
            return;
        }

        findings.AddHidden(new HiddenPath(target, HiddenKind.Directory, reason), Index.Directory(number).Parent);
        findings.AddIdentity(new HiddenIdentity(target, status, reason), null);
        var open = new Stack<int>([number]);
        while (open.TryPop(out var next))
        {
            findings.HideDirectory(next, reason);
            HideFilesOf(next, reason);
            for (var child = Index.Directory(next).FirstChild; child != 0; child = Index.Directory(child).NextSibling)
            {
                if (Index.Directory(child).Mark != FileMark.Hidden)
                {
                    open.Push(child);
                }
            }
        }
    }

    private void HideFilesOf(int directory, HiddenReason reason)
    {
        using var place = OpenTree.OpenDirectory(root, Index.PathOfDirectory(directory));
        var first = Index.Directory(directory).FirstFile;
        for (var number = first; number < first + Index.Directory(directory).FileCount; number++)
        {
            ref var file = ref Index.File(number);
            if (file.Mark == FileMark.Hidden)
            {
                continue;
            }

            file.Mark = FileMark.Hidden;
            var path = Index.PathOf(file);
            if (file.Type == Dirent.DT_LNK)
            {
                findings.Links.Enqueue(new HiddenLink(path, directory, reason, false));
            }
            else if (file.Type == Dirent.DT_REG && place is not null && OpenTree.TryStat(place, path.Name, out var status))
            {
                findings.AddIdentity(new HiddenIdentity(path, status, reason), file.Inode);
            }
        }
    }

    // Returns whether a target of a link was not met again, so that the numbers of the directories cannot be trusted.
    private bool HideOtherNames(bool askAll, CancellationToken cancellationToken)
    {
        SafeFileHandle? place = null;
        var placeOf = -1;
        try
        {
            for (var number = 0; findings.HasInodes && number < Index.Files.Length; number++)
            {
                var file = Index.Files[number];
                if (file.Type != Dirent.DT_REG || file.Mark == FileMark.Hidden || !(askAll || findings.MayBeHidden(file.Inode)))
                {
                    continue;
                }

                if (placeOf != file.Directory)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    place?.Dispose();
                    place = OpenTree.OpenDirectory(root, Index.PathOfDirectory(file.Directory));
                    placeOf = file.Directory;
                }

                if (
                    place is not null
                    && OpenTree.TryStat(place, Index.Name(file.Name), out var status)
                    && findings.FindHidden(status) is { } other
                )
                {
                    HideOtherName(number, status, other);
                }
            }
        }
        finally
        {
            place?.Dispose();
        }

        return findings.Targets.Count > 0;
    }

    private void HideOtherName(int number, FileStatus status, HiddenIdentity other)
    {
        findings.Targets.Remove(other);
        if (Index.File(number).Mark == FileMark.Allowed)
        {
            return;
        }

        var path = Index.PathOf(Index.File(number));
        if (path.Equals(other.Path))
        {
            Index.File(number).Mark = FileMark.Hidden;
            findings.AddHidden(new HiddenPath(path, HiddenKind.File, other.Reason), Index.File(number).Directory);
        }
        else
        {
            HideFile(number, path, status, other.Reason with { Cause = HiddenCause.OtherName, Via = other.Path });
        }
    }

    private void HideFile(int number, BytePath path, FileStatus status, HiddenReason reason)
    {
        Index.File(number).Mark = FileMark.Hidden;
        findings.AddHidden(new HiddenPath(path, HiddenKind.File, reason), Index.File(number).Directory);
        findings.AddIdentity(new HiddenIdentity(path, status, reason), Index.File(number).Inode);
    }
}
