using System.Text;
using Coop.Native;

namespace Coop.HiddenFiles;

/// <summary>
/// What is hidden in a real tree, as plainly as can be: every path is looked at again and again until nothing is added any more.
/// </summary>
internal sealed class ReferenceFinder(string root, ReferenceRules rules, HashSet<string> allowed, string leftAlone)
{
    private readonly HashSet<string> hidden = new(StringComparer.Ordinal);
    private readonly HashSet<(ulong Device, ulong Inode)> inodes = [];

    /// <summary>Every path of the tree but what is left alone.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>The paths that are hidden by themselves or by a directory above them.</summary>
    public HashSet<string> Find()
    {
        List(root);
        var before = -1;
        while (before != hidden.Count + inodes.Count)
        {
            before = hidden.Count + inodes.Count;
            foreach (var path in Paths)
            {
                Judge(path);
            }
        }

        return hidden;
    }

    private void List(string directory)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(directory))
        {
            var path = entry[(root.Length + 1)..];
            if (path == leftAlone)
            {
                continue;
            }

            Paths.Add(path);
            if (Status(path).IsDirectory)
            {
                List(entry);
            }
        }
    }

    private void Judge(string path)
    {
        var status = Status(path);
        var parent = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";
        var isAllowed = allowed.Contains(path);
        var isRuleFile = Path.GetFileName(path) == ".coopignore";
        var target = status.IsLink ? Resolve(path) : null;
        var isDirectory = status.IsDirectory || (target is not null && Status(target).IsDirectory);
        if (hidden.Contains(parent))
        {
            hidden.Add(path);
        }
        else if (
            !isAllowed
            && !isRuleFile
            && (rules.Hides(path, isDirectory) || (status.IsRegular && inodes.Contains((status.Device, status.Inode))))
        )
        {
            hidden.Add(path);
        }

        if (!hidden.Contains(path))
        {
            return;
        }

        if (status.IsRegular)
        {
            inodes.Add((status.Device, status.Inode));
        }
        else if (target is not null && target != leftAlone && !target.StartsWith(leftAlone + "/", StringComparison.Ordinal))
        {
            HideTarget(path, target);
        }
    }

    private void HideTarget(string link, string target)
    {
        var status = Status(target);
        if (status.IsRegular)
        {
            inodes.Add((status.Device, status.Inode));
        }
        else if (
            status.IsDirectory
            && target.Length > 0
            && !link.StartsWith(target + "/", StringComparison.Ordinal)
            && !allowed.Contains(target)
        )
        {
            hidden.Add(target);
        }
    }

    // Inside the tree, by the kernel; empty for the root.
    private string? Resolve(string link)
    {
        var path = RealPath.Resolve(Encoding.UTF8.GetBytes(Path.Combine(root, link))) is { } bytes
            ? Encoding.UTF8.GetString(bytes)
            : null;
        return path == root ? ""
            : path?.StartsWith(root + "/", StringComparison.Ordinal) == true ? path[(root.Length + 1)..]
            : null;
    }

    private FileStatus Status(string path) => FileQuestion.StatusOfLink(CString.From(Path.Combine(root, path)))!.Value;
}
