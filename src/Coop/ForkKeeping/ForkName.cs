using Coop.Errors;
using Coop.Terminal;

namespace Coop.ForkKeeping;

/// <summary>A fork's name: a directory, a branch and a file beside others, so it is one plain word.</summary>
internal static class ForkName
{
    public const int LongestName = 100;

    /// <summary>Words behind <c>coop fork</c> that are no names.</summary>
    public static IReadOnlyList<string> Verbs { get; } =
    ["ls", "review", "merge", "rm", "open", "path", "logs", "stop", "acp", "help"];

    /// <summary>The name itself.</summary>
    /// <exception cref="UserError">It is none; exit 2.</exception>
    public static string Check(string name)
    {
        var problem =
            name.Length == 0 ? "it is empty"
            : name.Length > LongestName ? $"it has more than {LongestName} characters"
            : name[0] is '-' or '.' ? "it begins with '-' or '.'"
            : name.FirstOrDefault(c => !IsAllowed(c)) is var bad and not '\0' ? $"'{Shown(bad)}' is not allowed in it"
            : name.Contains('\0') ? "it holds a NUL"
            : Verbs.Contains(name) ? "it is a word of 'coop fork'"
            : name.EndsWith(".lock", StringComparison.Ordinal)
            || name.EndsWith('.')
            || name.Contains("..", StringComparison.Ordinal)
                ? "git takes no such branch name"
            : null;
        return problem is null
            ? name
            : throw UserError.Usage(
                $"'{Cut(PlainText.CleanLine(name))}' is no name for a fork: {problem}.",
                "Use letters, digits, '.', '_' and '-', for instance: coop fork fix-login claude"
            );
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';

    private static string Shown(char c) => char.IsControl(c) ? $"\\x{(int)c:x2}" : PlainText.CleanLine(c.ToString());

    private static string Cut(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
