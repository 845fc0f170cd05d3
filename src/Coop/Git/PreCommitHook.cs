using Coop.Formats;

namespace Coop.Git;

/// <summary>The hook with which git has every commit checked for credentials. Pure.</summary>
internal static class PreCommitHook
{
    public const string Name = "pre-commit";

    /// <summary>What a hook of the user's own needs; for hints.</summary>
    public const string CheckLine = "coop check-secrets --staged";

    /// <summary>The script.</summary>
    /// <param name="comment">One line that tells where it comes from.</param>
    /// <param name="program">Where Coop lies on this machine; null in a file that other machines share.</param>
    public static string Text(string comment, string? program)
    {
        // In a box the machine's own paths are not there, and a hook that lets everything pass when its program is missing is none.
        var known = program is null ? "" : "'" + program.Replace("'", "'\\''", StringComparison.Ordinal) + "' ";
        return $"""
            #!/bin/sh
            # {comment}
            for coop in {known}{GuestProtocol.ProgramPath} coop; do
                command -v "$coop" >/dev/null 2>&1 && exec "$coop" check-secrets --staged
            done
            echo "coop is not on PATH, so nobody looked for credentials in what is staged. Install it, or: git commit --no-verify" >&2
            exit 1

            """;
    }

    /// <summary>True for the text of a hook that has commits checked.</summary>
    public static bool Checks(string text) => text.Contains("check-secrets --staged", StringComparison.Ordinal);
}
