using System.Text;
using Coop.Native;
using Coop.Storage;
using Coop.Trees;

namespace Coop.Guards;

/// <summary>What a control file or directory looked like, in one word: its kind and a digest of what it holds. No link is followed, nothing but regular files is read.</summary>
internal static class ControlPrint
{
    public const string Absent = "-";

    private const int ContentLimitBytes = 4 << 20;

    // Nobody keeps a thousand hooks; beyond it only the count is compared.
    private const int EntryLimit = 1000;

    public static string Of(BytePath path)
    {
        if (FileQuestion.StatusOfLink(CString.From(path.Bytes)) is not { } status)
        {
            return Absent;
        }

        if (status.IsDirectory)
        {
            return "d:" + OfDirectory(path);
        }

        if (status.IsLink)
        {
            return "l:" + Digest.Of(Links.Read(path.Bytes) ?? []);
        }

        return status.IsRegular ? $"f:{status.Mode & 0b111_111_111}:{OfContent(path, status)}" : $"o:{status.Mode}";
    }

    private static string OfContent(BytePath path, FileStatus status)
    {
        if (status.Size > ContentLimitBytes)
        {
            return $"{status.Size}:{status.Inode}:{status.Changed}";
        }

        try
        {
            return Digest.Of(SafeFile.Read(path.Parent, BytePath.From(path.Name), ContentLimitBytes) ?? []);
        }
        catch (Errors.UserError)
        {
            // It may not be read: then neither can git.
            return $"unreadable:{status.Inode}:{status.Changed}";
        }
    }

    private static string OfDirectory(BytePath path)
    {
        var names = SmallDirectory.Names(path);
        using Digest digest = new();
        digest.Append(Encoding.ASCII.GetBytes($"{names.Count}\0"));
        foreach (var name in names.Take(EntryLimit))
        {
            digest.Append(name.Bytes);
            digest.Append([0]);
            digest.Append(Encoding.UTF8.GetBytes(Of(path.Join(name)) + "\0"));
        }

        return digest.Finish();
    }
}
