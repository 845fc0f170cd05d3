using System.Reflection;

namespace Coop.BoxTests.TestKit;

/// <summary>The published executable: $COOP_UNDER_TEST, else where ./build.sh publish puts it.</summary>
internal static class CoopUnderTest
{
    private static readonly Lazy<string> Copy = new(MakeCopy);

    /// <summary>A copy that every account can reach: the working tree may lie in somebody's home.</summary>
    public static string ExecutablePath => Copy.Value;

    /// <summary>The project's own working tree.</summary>
    public static string RepositoryRoot { get; } =
        typeof(CoopUnderTest)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == "RepositoryRoot")
            .Value!;

    private static string MakeCopy()
    {
        var source =
            Environment.GetEnvironmentVariable("COOP_UNDER_TEST")
            ?? Path.GetFullPath(Path.Combine(RepositoryRoot, "artifacts/publish/Coop/release_linux-x64/coop"));
        if (!File.Exists(source))
        {
            throw new FileNotFoundException($"There is no '{source}' to test. Run: ./build.sh publish");
        }
        var directory = TestDirectory.Make("coop-under-test");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TestDirectory.Remove(directory);
        var copy = Path.Combine(directory, "coop");

        // By a program of its own: a test that forks while this process holds the file open for writing would keep it busy.
        using (var install = System.Diagnostics.Process.Start("install", ["-m", "755", source, copy]))
        {
            install.WaitForExit();
        }

        return copy;
    }
}
