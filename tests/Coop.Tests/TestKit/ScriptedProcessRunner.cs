using System.Text;
using Coop.Native;
using Coop.Processes;

namespace Coop.TestKit;

/// <summary>
/// Plays programs: each call must be the next one scripted, word for word, and at the end none may be left over.
/// </summary>
internal sealed class ScriptedProcessRunner : IProcessRunner, IDisposable
{
    private readonly Queue<Script> scripts = new();
    private readonly List<ProcessSpec> specs = [];
    private bool hasFailed;

    /// <summary>What was asked for, in order.</summary>
    public IReadOnlyList<ProcessSpec> Specs => specs;

    /// <summary>The program and its arguments as text.</summary>
    public static string[] Words(ProcessSpec spec) => [.. spec.Arguments.Prepend(spec.Program).Select(word => word.ToString())];

    public ScriptedProcessRunner Expect(string[] words, int exitCode = 0, string output = "", string error = "")
    {
        ProcessResult result = new(exitCode, Encoding.UTF8.GetBytes(output), Encoding.UTF8.GetBytes(error));
        scripts.Enqueue(new Script(words, _ => Task.FromResult(result), null));
        return this;
    }

    /// <summary>A program that cannot be started.</summary>
    public ScriptedProcessRunner ExpectMissing(string[] words, int errno = Errno.ENOENT)
    {
        scripts.Enqueue(new Script(words, _ => throw new ProgramNotFoundException(words[0], errno), null));
        return this;
    }

    /// <summary>A program that runs until it is cancelled.</summary>
    public ScriptedProcessRunner ExpectHanging(string[] words)
    {
        scripts.Enqueue(
            new Script(
                words,
                async cancellationToken =>
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                    throw new InvalidOperationException("This is never reached.");
                },
                null
            )
        );
        return this;
    }

    /// <summary>A program that is started and left running.</summary>
    public ScriptedProcessRunner ExpectStart(string[] words, IChildProcess child)
    {
        scripts.Enqueue(new Script(words, _ => throw new InvalidOperationException("It is not captured."), child));
        return this;
    }

    public Task<ProcessResult> CaptureAsync(ProcessSpec spec, CancellationToken cancellationToken) =>
        Next(spec).Answer(cancellationToken);

    public IChildProcess Start(ProcessSpec spec)
    {
        var script = Next(spec);
        if (script.Child is null)
        {
            // Throws when the program is one that cannot be started.
            _ = script.Answer(CancellationToken.None);
            throw new InvalidOperationException("It is not left running.");
        }

        (script.Child as ScriptedBox)?.Begin();
        return script.Child;
    }

    public void Dispose()
    {
        if (!hasFailed && scripts.Count > 0)
        {
            throw new InvalidOperationException($"Never started: {string.Join(' ', scripts.Peek().Words)}");
        }
    }

    private Script Next(ProcessSpec spec)
    {
        specs.Add(spec);
        var words = Words(spec);
        if (scripts.Count == 0 || !scripts.Peek().Words.AsSpan().SequenceEqual(words))
        {
            hasFailed = true;
            var expected = scripts.Count == 0 ? "nothing" : string.Join(' ', scripts.Peek().Words);
            throw new InvalidOperationException($"Started: {string.Join(' ', words)}\nExpected: {expected}");
        }

        return scripts.Dequeue();
    }

    private sealed record Script(string[] Words, Func<CancellationToken, Task<ProcessResult>> Answer, IChildProcess? Child);
}
