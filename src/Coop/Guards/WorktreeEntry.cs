using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Guards;

/// <summary>An administrative directory below <c>worktrees</c> (gitrepository-layout(5)) that appeared during a run.</summary>
internal static class WorktreeEntry
{
    private const int LimitBytes = 64 * 1024;

    /// <summary>Why it is not what <c>git worktree add</c> makes; null when it is.</summary>
    public static string? Problem(BytePath entry)
    {
        if (FileQuestion.StatusOfLink(CString.From(entry.Bytes)) is not { IsDirectory: true })
        {
            return "a worktree that is no directory";
        }

        if (Read(entry, "commondir") is not { } common || !common.AsSpan().TrimEnd("\r\n"u8).SequenceEqual("../.."u8))
        {
            return "a worktree that borrows another git directory";
        }

        return FileQuestion.StatusOfLink(CString.From(entry.Join("config.worktree").Bytes)) is null
            ? null
            : "a worktree with a configuration of its own";
    }

    /// <summary>The <c>.git</c> file of its tree; null when it does not say.</summary>
    public static BytePath? Tree(BytePath entry)
    {
        var content = Read(entry, "gitdir").AsSpan().TrimEnd("\r\n"u8);
        return content.IsEmpty ? null : BytePath.From(content);
    }

    private static byte[]? Read(BytePath entry, string name)
    {
        try
        {
            return SafeFile.Read(entry, BytePath.From(name), LimitBytes);
        }
        catch (UserError)
        {
            return null;
        }
    }
}
