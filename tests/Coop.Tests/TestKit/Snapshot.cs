using System.Runtime.CompilerServices;
using Xunit;

namespace Coop.TestKit;

/// <summary>Compares a text with a file kept in the repository; with <c>UPDATE_SNAPSHOTS=1</c> writes that file instead.</summary>
internal static class Snapshot
{
    private static bool IsUpdating { get; } = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    /// <summary>Against <c>Class.test.snap</c> beside the test.</summary>
    public static void Match(string actual, [CallerFilePath] string file = "", [CallerMemberName] string test = "") =>
        MatchFile(actual, Path.ChangeExtension(file, null) + "." + test + ".snap");

    public static void MatchFile(string actual, string path)
    {
        if (IsUpdating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(
            File.Exists(path),
            $"There is no '{path}'. Write it: UPDATE_SNAPSHOTS=1 dotnet test --project tests/Coop.Tests"
        );
        Assert.Equal(File.ReadAllText(path), actual);
    }

    /// <summary>Replaces what stands between two lines of a page, or compares it.</summary>
    public static void MatchBetween(string actual, string path, string begin, string end)
    {
        var page = File.ReadAllText(path);
        var from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = page.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"'{path}' has no lines '{begin}' and '{end}'.");
        MatchFile(page[..from] + "\n" + actual + page[to..], path);
    }
}
