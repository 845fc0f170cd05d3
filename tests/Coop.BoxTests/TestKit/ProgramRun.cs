using System.Diagnostics;

namespace Coop.BoxTests.TestKit;

/// <summary>A program to start as an account, in an environment of exactly these variables.</summary>
internal sealed record ProgramRun(Account Account, IReadOnlyList<string> Command)
{
    public string Directory { get; init; } = "/";

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>After this the program and all that it started are killed and the test fails.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    public ProgramRun In(string directory) => this with { Directory = directory };

    public ProgramRun Arguments(params string[] words) => this with { Command = [.. Command, .. words] };

    public ProgramRun Stdin(byte[] bytes) => this with { Input = bytes };

    public ProgramRun Environment(string key, string value) =>
        this with
        {
            Variables = new Dictionary<string, string>(Variables, StringComparer.Ordinal) { [key] = value },
        };

    public ProgramRun WithLimit(TimeSpan limit) => this with { Limit = limit };

    public async Task<RunResult> RunAsync()
    {
        await using var program = Start();
        return await program.WaitAsync(Limit);
    }

    public RunningProgram Start()
    {
        string[] words = [.. Account.Prefix, .. Command];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = Directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (key, value) in Variables)
        {
            start.Environment[key] = value;
        }
        return new RunningProgram(Process.Start(start)!, string.Join(' ', Command), Input);
    }
}
