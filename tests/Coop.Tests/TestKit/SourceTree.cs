using System.Runtime.CompilerServices;

namespace Coop.TestKit;

/// <summary>Where this repository's own files lie, for tests about them.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../.."));

    /// <summary>Every C# file below a directory of the repository, sorted, relative to the root.</summary>
    public static IReadOnlyList<string> CodeFiles(string directory) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Root, directory), "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Root, path))
                .Where(path => !path.Split('/').Any(part => part is "obj" or "bin" or "artifacts"))
                .Order(StringComparer.Ordinal),
        ];

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
