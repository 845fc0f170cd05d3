using System.Diagnostics;
using Coop.Storage;

namespace Coop.TestKit;

/// <summary>A directory tree of real files whose names are bytes; removed at the end.</summary>
internal sealed class TemporaryTree : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("coop-tree-").FullName;

    public BytePath Root => BytePath.From(directory);

    public string RootPath => directory;

    /// <summary>Writes a file and the directories above it; the path has no leading slash.</summary>
    public TemporaryTree File(string path, string content = "x")
    {
        var full = Path.Combine(directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, content);
        return this;
    }

    /// <summary>As <see cref="File(string, string)"/>, for bytes.</summary>
    public TemporaryTree Bytes(string path, byte[] content)
    {
        File(path, "");
        System.IO.File.WriteAllBytes(Path.Combine(directory, path), content);
        return this;
    }

    public TemporaryTree Folder(string path)
    {
        Directory.CreateDirectory(Path.Combine(directory, path));
        return this;
    }

    public TemporaryTree Link(string path, string target)
    {
        var full = Path.Combine(directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.CreateSymbolicLink(full, target);
        return this;
    }

    public TemporaryTree HardLink(string existing, string path) =>
        Run("ln", Path.Combine(directory, existing), Path.Combine(directory, path));

    public TemporaryTree Fifo(string path) => Run("mkfifo", Path.Combine(directory, path));

    /// <summary>Runs a shell script in the root, for what .NET cannot make.</summary>
    public TemporaryTree Shell(string script) => Run("sh", "-ec", "cd \"$1\"; " + script, "sh", directory);

    public void Dispose()
    {
        // Not by .NET, which cannot remove names that are no UTF-8.
        Run("rm", "-rf", directory);
    }

    private TemporaryTree Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? this : throw new InvalidOperationException($"{program}: {error}");
    }
}
