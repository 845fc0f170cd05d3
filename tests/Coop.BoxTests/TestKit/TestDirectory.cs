namespace Coop.BoxTests.TestKit;

/// <summary>Directories of tests: under /var/tmp, where every account can reach them and no tmpfs sets limits of its own.</summary>
internal static class TestDirectory
{
    public static string Make(string name)
    {
        var path = Path.Combine("/var/tmp", $"{name}-{Guid.NewGuid():N}"[..(name.Length + 13)]);
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
        return path;
    }

    public static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // A box that outlived its test still holds it; the test that let it live has failed already.
        }
    }
}
