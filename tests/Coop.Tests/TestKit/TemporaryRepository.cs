using System.Diagnostics;
using Coop.Native;
using Coop.Storage;

namespace Coop.TestKit;

/// <summary>A real git repository in <c>project</c>, with one commit, and a home of its own beside it; removed at the end.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public TemporaryRepository()
    {
        directory.Write(
            "home/.gitconfig",
            "[user]\n\tname = Ada\n\temail = ada@example.org\n[protocol \"file\"]\n\tallow = always\n"
        );
        directory.Write("project/README", "hello\n");
        Git("init", "--quiet", "--initial-branch=main");
        Git("add", "--all");
        Git("commit", "--quiet", "--message=first");
    }

    /// <summary>Holds everything; free of links.</summary>
    public string Base => directory.Path;

    public BytePath Root => BytePath.From(PathOf("project"));

    public string Home => PathOf("home");

    /// <summary>What git gets here, and nothing of the test's own environment.</summary>
    public IReadOnlyList<CString> Environment =>
        CString.List($"HOME={Home}", $"PATH={System.Environment.GetEnvironmentVariable("PATH")}");

    public string PathOf(string name) => directory.PathOf(name);

    public BytePath BytesOf(string name) => BytePath.From(PathOf(name));

    /// <summary>Writes a file relative to the repository's parent.</summary>
    public string Write(string name, string content) => directory.Write(name, content);

    /// <summary>Runs git in the repository and returns what it prints.</summary>
    public string Git(params string[] words) => GitIn("project", words);

    public string GitIn(string place, params string[] words) => Run(place, "git", words);

    /// <summary>Runs lines of a shell in the repository.</summary>
    public string Shell(string script) => Run("project", "sh", "-ec", script);

    public void Dispose() => directory.Dispose();

    private string Run(string place, string program, params string[] words)
    {
        ProcessStartInfo start = new(program, words)
        {
            WorkingDirectory = PathOf(place),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var variable in Environment)
        {
            var parts = variable.ToString().Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', words)}: {errors.GetAwaiter().GetResult()}");
    }
}
