using Coop.Formats;
using Coop.Masking;
using Coop.Native;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.HiddenFiles;

/// <summary>
/// Finds, among the files that a survey picked out, those that are remembered: by identity or by their bytes. Templates and public keys are not
/// compared by their bytes: a fresh <c>.env</c> often equals its <c>.env.example</c>.
/// </summary>
internal sealed class RememberedFiles(TreeIndex index, HiddenMemory memory, SafeFileHandle root)
{
    /// <summary>The files in the order of the index, with the reason to hide each.</summary>
    public IReadOnlyList<(int File, FileStatus Status, HiddenReason Reason)> Find(
        IReadOnlyList<FileSurvey.SurveyedFile> surveyed,
        CancellationToken cancellationToken
    )
    {
        var found = new List<(int File, FileStatus Status, HiddenReason Reason)>();
        var candidates = surveyed.Where(file => file.MayBeRemembered && index.Files[file.Number].Mark == FileMark.Visible);
        foreach (var directory in candidates.GroupBy(file => index.Files[file.Number].Directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var place = OpenTree.OpenDirectory(root, index.PathOfDirectory(directory.Key));
            foreach (var file in directory)
            {
                if (memory.FindIdentity(file.Status) is { } same)
                {
                    found.Add((file.Number, file.Status, same.ReasonNow));
                }
                else if (place is not null && FindContent(place, file) is { } equal)
                {
                    found.Add((file.Number, file.Status, equal.ReasonNow with { Cause = HiddenCause.RememberedContent }));
                }
            }
        }

        return found;
    }

    private RememberedPath? FindContent(SafeFileHandle directory, FileSurvey.SurveyedFile file)
    {
        var name = index.Name(index.Files[file.Number].Name);
        return
            memory.HasSize(file.Status.Size)
            && !PathRules.IsTemplate(NameFold.Fold(name))
            && FileDigest.TryOf(directory, name, out var size) is { } digest
            ? memory.FindContent(size, digest)
            : null;
    }
}
