using Coop.HiddenFiles;
using Coop.Storage;
using Coop.Terminal;
using Coop.Trees;

namespace Coop.ForkKeeping;

/// <summary>Brings ignored files of the user's tree (dependencies, build output) into a new fork: all but what boxes do not see, and but other repositories.</summary>
internal sealed class IgnoredFiles(ForkDesk desk)
{
    public async Task CopyAsync(BytePath fork, CancellationToken cancellationToken)
    {
        var ignored = await desk.Own.ListIgnoredAsync(cancellationToken);
        var found = HiddenSearch
            .Run(desk.Location, desk.Doors.Directories, desk.Doors.Settings.ShadowContent, cancellationToken)
            .Found;
        HashSet<BytePath> hidden = new(found.Hidden.Select(path => path.Path), BytePathComparer.Instance);
        TreeCopier copier = new(desk.Location.Root, fork, path => hidden.Contains(path) || path.Name.SequenceEqual(".git"u8));
        foreach (var path in ignored)
        {
            var plain = path.Bytes.EndsWith("/"u8) ? BytePath.From(path.Bytes[..^1]) : path;
            if (!IsBelowHidden(plain, hidden))
            {
                copier.Copy(plain, cancellationToken);
            }
        }

        var (copied, shared) = copier.Count;
        desk.Doors.Terminal.Say($"{copied} ignored files came along, {shared} of them sharing their blocks with yours.");
    }

    private static bool IsBelowHidden(BytePath path, HashSet<BytePath> hidden)
    {
        for (var at = path; !at.IsEmpty; at = at.Parent)
        {
            if (hidden.Contains(at))
            {
                return true;
            }
        }

        return false;
    }
}
