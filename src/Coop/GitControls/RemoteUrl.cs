using System.Buffers;

namespace Coop.GitControls;

/// <summary>Takes credentials out of what git calls a URL.</summary>
internal static class RemoteUrl
{
    private static readonly SearchValues<char> AuthorityEnds = SearchValues.Create("/?# \t\n");

    /// <summary>
    /// The text without the user part of every <c>scheme://user:password@host</c> in it. A bare user of ssh stays, since it is part of the address and opens
    /// nothing; scp-like addresses (<c>git@host:path</c>) carry no password.
    /// </summary>
    public static string WithoutCredentials(string text)
    {
        for (var from = 0; ; )
        {
            var scheme = text.IndexOf("://", from, StringComparison.Ordinal);
            if (scheme < 0)
            {
                return text;
            }

            var start = scheme + 3;
            var end = text.AsSpan(start).IndexOfAny(AuthorityEnds);
            var authority = end < 0 ? text.AsSpan(start) : text.AsSpan(start, end);
            var at = authority.LastIndexOf('@');
            var isShellUser = IsSsh(text.AsSpan(0, scheme)) && !authority[..Math.Max(at, 0)].Contains(':');
            if (at >= 0 && !isShellUser)
            {
                text = string.Concat(text.AsSpan(0, start), text.AsSpan(start + at + 1));
            }

            from = start;
        }
    }

    private static bool IsSsh(ReadOnlySpan<char> before) =>
        before.EndsWith("ssh", StringComparison.OrdinalIgnoreCase)
        || before.EndsWith("ssh+git", StringComparison.OrdinalIgnoreCase);
}
