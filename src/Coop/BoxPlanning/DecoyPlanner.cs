using System.Text;
using Coop.Boxes;
using Coop.Masking;
using Coop.Places;
using Coop.Repositories;
using Coop.Storage;

namespace Coop.BoxPlanning;

/// <summary>
/// Chooses what lies over each hidden path. A tracked file gets a decoy with the size and time that the index keeps, so that git in the box, which compares those alone, takes
/// it for unchanged and never commits it; a directory gets one with decoys for its tracked files; everything else something empty.
/// </summary>
internal static class DecoyPlanner
{
    /// <summary>The source of each hidden path that can be covered, in the finder's order; the decoys to make; how many hidden paths git tracks.</summary>
    public static (IReadOnlyList<Mount> Mounts, IReadOnlyList<PlannedDecoy> Decoys, int TrackedPaths) Plan(BoxFacts facts)
    {
        var root = facts.Location.Root;
        Dictionary<BytePath, List<TrackedFile>> tracked = [];
        foreach (var file in facts.TrackedHidden)
        {
            if (facts.Hidden.Find(file.Path) is { } hidden)
            {
                (tracked.TryGetValue(hidden.Path, out var list) ? list : tracked[hidden.Path] = []).Add(file);
            }
        }

        List<Mount> mounts = [];
        Dictionary<BytePath, PlannedDecoy> decoys = [];

        // A link cannot be covered, since a mount would follow it: what it leads to is in the list.
        foreach (var hidden in facts.Hidden.Hidden.Where(hidden => hidden.Kind != HiddenKind.Link))
        {
            var files = tracked.GetValueOrDefault(hidden.Path, []);
            var source = hidden.Kind == HiddenKind.Directory ? DirectoryFor(hidden, files) : FileFor(files);
            mounts.Add(new Mount(MountPurpose.Hidden, source, root.Join(hidden.Path), IsReadOnly: true));
        }

        return (mounts, [.. decoys.Values], tracked.Count);

        BytePath FileFor(List<TrackedFile> files)
        {
            if (files.Count == 0)
            {
                return StatePaths.EmptyFile(facts.Directories);
            }

            var file = files[0];
            var path = StatePaths.Decoys(facts.Directories).Join(NameOf(file));
            decoys[path] = DecoyOf(file, path);
            return path;
        }

        BytePath DirectoryFor(HiddenPath hidden, List<TrackedFile> files)
        {
            if (files.Count == 0)
            {
                return StatePaths.EmptyDirectory(facts.Directories);
            }

            var place = StatePaths.Decoys(facts.Directories).Join("directory-" + DigestOf(hidden, files));
            foreach (var file in files)
            {
                var path = place.Join(file.Path.RelativeTo(hidden.Path));
                decoys[path] = DecoyOf(file, path);
            }

            return place;
        }
    }

    private static PlannedDecoy DecoyOf(TrackedFile file, BytePath path) =>
        new(path, file.Size, file.ModifiedSeconds, file.ModifiedNanoseconds, file.IsExecutable);

    private static string NameOf(TrackedFile file) =>
        $"{file.Size}-{file.ModifiedSeconds}.{file.ModifiedNanoseconds}{(file.IsExecutable ? "-x" : "")}";

    private static string DigestOf(HiddenPath hidden, List<TrackedFile> files)
    {
        using Digest digest = new();
        foreach (var file in files)
        {
            digest.Append(file.Path.RelativeTo(hidden.Path).Bytes);
            digest.Append(Encoding.ASCII.GetBytes($"\0{NameOf(file)}\0"));
        }

        return digest.Finish()[..16];
    }
}
