using Coop.Storage;

namespace Coop.TestKit;

/// <summary>A real directory, empty at first and removed at the end. For trees with odd names see <see cref="TemporaryTree"/>.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("coop-test-").FullName;

    /// <summary>Coop's places below it: <c>config</c>, <c>state</c>, <c>cache</c>, <c>data</c>; <c>home</c> as the home directory.</summary>
    public UserDirectories UserDirectories =>
        new(PathOf("config"), PathOf("state"), PathOf("cache"), PathOf("data"), PathOf("home"));

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file and the directories above it; returns its path.</summary>
    public string Write(string name, string content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
