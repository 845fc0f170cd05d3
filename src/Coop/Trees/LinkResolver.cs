using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.Trees;

/// <summary>
/// Follows links inside a tree as a box sees it: the tree lies at its own absolute path and nothing else of the machine exists.
/// Nothing outside the tree is asked about; a way that leaves the tree is followed by its words alone, and may come back.
/// </summary>
/// <param name="root">The open root.</param>
/// <param name="rootPath">Its absolute path, free of links.</param>
/// <param name="otherPath">Another absolute path of it, which may lead through links outside; absolute links may be written with it.</param>
internal sealed class LinkResolver(SafeFileHandle root, BytePath rootPath, BytePath otherPath)
{
    // As many as the kernel follows before it says that links go round in circles.
    private const int MostLinks = 40;

    private readonly List<byte[]> rootNames = Split(rootPath.Bytes);

    /// <summary>What a link of the tree leads to in the end, with every link on the way followed.</summary>
    /// <param name="link">Relative to the root.</param>
    /// <returns>
    /// The path of something that is there and is no link (empty: the root); null when that lies outside, is missing, or the
    /// links go round.
    /// </returns>
    public BytePath? Resolve(BytePath link)
    {
        // Names of the absolute path reached so far, and names still to go, the next one last.
        var reached = new List<byte[]>(rootNames);
        var left = new Stack<byte[]>();
        Push(left, link.Bytes);
        var place = OpenTree.OpenDirectory(root, BytePath.Empty);
        try
        {
            var links = 0;
            while (left.TryPop(out var name))
            {
                if (!Follow(name, reached, left, ref place, ref links))
                {
                    return null;
                }
            }
        }
        finally
        {
            place?.Dispose();
        }

        return IsInside(reached) ? Relative(reached) : null;
    }

    // The place is the open directory that was reached; null outside the tree, and where it must be opened anew.
    private bool Follow(byte[] name, List<byte[]> reached, Stack<byte[]> left, ref SafeFileHandle? place, ref int links)
    {
        if (name is [(byte)'.'])
        {
            return true;
        }

        if (name is [(byte)'.', (byte)'.'])
        {
            reached.RemoveRange(Math.Max(0, reached.Count - 1), Math.Min(1, reached.Count));
            Leave(ref place);
            return true;
        }

        if (!IsInside(reached))
        {
            reached.Add(name);
            return true;
        }

        place ??= OpenTree.OpenDirectory(root, Relative(reached));
        if (place is null || !OpenTree.TryStat(place, name, out var status))
        {
            return false;
        }

        if (!status.IsLink)
        {
            reached.Add(name);
            var next = status.IsDirectory ? OpenTree.OpenDirectory(place, BytePath.From(name)) : null;
            Leave(ref place);
            place = next;
            return true;
        }

        if (++links > MostLinks || OpenTree.ReadLink(place, name) is not { Length: > 0 } text)
        {
            return false;
        }

        if (text[0] == (byte)'/')
        {
            reached.Clear();
            Leave(ref place);
            text = WithRootPath(text);
        }

        Push(left, text);
        return true;
    }

    private static void Leave(ref SafeFileHandle? place)
    {
        place?.Dispose();
        place = null;
    }

    private byte[] WithRootPath(byte[] text)
    {
        var path = BytePath.From(text);
        return path.IsWithin(otherPath) ? rootPath.Join(path.RelativeTo(otherPath)).Bytes.ToArray() : text;
    }

    private bool IsInside(List<byte[]> reached)
    {
        if (reached.Count < rootNames.Count)
        {
            return false;
        }

        for (var at = 0; at < rootNames.Count; at++)
        {
            if (!reached[at].AsSpan().SequenceEqual(rootNames[at]))
            {
                return false;
            }
        }

        return true;
    }

    private BytePath Relative(List<byte[]> names)
    {
        using var bytes = new MemoryStream();
        for (var at = rootNames.Count; at < names.Count; at++)
        {
            if (at > rootNames.Count)
            {
                bytes.WriteByte((byte)'/');
            }

            bytes.Write(names[at]);
        }

        return BytePath.From(bytes.ToArray());
    }

    private static List<byte[]> Split(ReadOnlySpan<byte> path)
    {
        var names = new List<byte[]>();
        foreach (var part in path.Split((byte)'/'))
        {
            if (!path[part].IsEmpty)
            {
                names.Add(path[part].ToArray());
            }
        }

        return names;
    }

    private static void Push(Stack<byte[]> left, ReadOnlySpan<byte> path)
    {
        var names = Split(path);
        for (var at = names.Count - 1; at >= 0; at--)
        {
            left.Push(names[at]);
        }
    }
}
