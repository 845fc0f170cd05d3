namespace Coop.BoxTests.TestKit;

/// <summary>The published tests/Coop.StaticProbe, which is linked as the shipped executable is.</summary>
internal static class StaticProbe
{
    public static string ExecutablePath
    {
        get
        {
            var path = Path.GetFullPath(
                Path.Combine(CoopUnderTest.RepositoryRoot, "artifacts/publish/Coop.StaticProbe/release_linux-x64/coop-probe")
            );
            return File.Exists(path)
                ? path
                : throw new FileNotFoundException(
                    $"There is no '{path}' to test with. Run: dotnet publish tests/Coop.StaticProbe -c Release -r linux-x64"
                );
        }
    }
}
