using System.Text;
using Coop.Clones;
using Coop.Storage;

namespace Coop.Reviews;

/// <summary>Which files are tests, and which of their changes check less than before. By names and words alone: a hint for a reviewer, no proof.</summary>
internal static class TestRules
{
    private static readonly string[] Directories = ["test", "tests", "spec", "specs", "__tests__", "testing"];

    private static readonly string[] Assertions =
    [
        "assert",
        "expect(",
        "should",
        "require.",
        "t.error",
        "t.fatal",
        "verify(",
        "check(",
        "[ \"",
        "|| exit",
    ];

    private static readonly string[] Skips =
    [
        "@skip",
        "@ignore",
        "@disabled",
        ".skip(",
        "xit(",
        "xdescribe(",
        "t.skip",
        "skip =",
        "mark.skip",
        "mark.xfail",
        "#[ignore",
        "|| true",
        "exit 0",
    ];

    /// <param name="path">Relative to the root.</param>
    public static bool IsTest(BytePath path)
    {
        var text = Encoding.UTF8.GetString(path.Bytes).ToLowerInvariant();
        var parts = text.Split('/');
        var name = parts[^1];
        var stem = name.Split('.')[0];
        return parts[..^1].Any(Directories.Contains)
            || stem.StartsWith("test_", StringComparison.Ordinal)
            || stem is "test" or "tests"
            || stem.EndsWith("_test", StringComparison.Ordinal)
            || stem.EndsWith("_spec", StringComparison.Ordinal)
            || stem.EndsWith("tests", StringComparison.Ordinal)
            || name.Contains(".test.", StringComparison.Ordinal)
            || name.Contains(".spec.", StringComparison.Ordinal);
    }

    /// <summary>Tests that lose assertions or are skipped.</summary>
    /// <param name="changes">In the order of the diff.</param>
    /// <param name="diff">As git prints it; sections stand in the order of the changes.</param>
    public static IEnumerable<ReviewFinding> FindWeakened(IReadOnlyList<TreeChange> changes, string diff)
    {
        var sections = diff.Split("\ndiff --git ");
        var at = 0;
        foreach (var change in changes)
        {
            // A change of kind is printed as a removal and an addition.
            var count = !change.IsAdded && !change.IsDeleted && (change.OldMode & 0xF000) != (change.NewMode & 0xF000) ? 2 : 1;
            if (at + count > sections.Length)
            {
                yield break;
            }

            if (!change.IsDeleted && IsTest(change.Path) && Weakness(sections[at]) is { } weakness)
            {
                yield return new ReviewFinding(FindingKind.TestWeakened, change.Path, null, weakness);
            }

            at += count;
        }
    }

    private static string? Weakness(string section)
    {
        var (removed, added, skips) = (0, 0, 0);
        foreach (var line in section.Split('\n').SkipWhile(line => !line.StartsWith("@@", StringComparison.Ordinal)))
        {
            var text = line.ToLowerInvariant();
            if (line is ['-', ..] && Assertions.Any(text.Contains))
            {
                removed++;
            }
            else if (line is ['+', ..])
            {
                added += Assertions.Any(text.Contains) ? 1 : 0;
                skips += Skips.Any(text.Contains) ? 1 : 0;
            }
        }

        return skips > 0 ? "is a test and skips something now"
            : removed > added ? $"is a test with {removed - added} fewer {(removed - added == 1 ? "assertion" : "assertions")}"
            : null;
    }
}
