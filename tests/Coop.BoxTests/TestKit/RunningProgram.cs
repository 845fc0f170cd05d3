using System.Diagnostics;
using System.Text;
using Xunit;

namespace Coop.BoxTests.TestKit;

/// <summary>A started program; disposing kills what is left of it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly string command;
    private readonly MemoryStream output = new();
    private readonly MemoryStream error = new();
    private readonly Task streams;

    public RunningProgram(Process process, string command, ReadOnlyMemory<byte> input)
    {
        this.process = process;
        this.command = command;
        // All three at once: a full pipe would block the program, and so us.
        streams = Task.WhenAll(
            FeedAsync(input),
            CollectAsync(process.StandardOutput.BaseStream, output),
            CollectAsync(process.StandardError.BaseStream, error)
        );
    }

    /// <summary>The program's own: what starts it (setpriv, env) replaces itself by it.</summary>
    public int ProcessId => process.Id;

    public bool HasEnded => process.HasExited;

    public void Signal(HostSignal signal) => signal.SendTo(ProcessId);

    /// <summary>What came on stdout until now.</summary>
    public string OutSoFar => TextOf(output);

    /// <summary>Waits for the end of the program, then for the end of its output.</summary>
    public async Task<RunResult> WaitAsync(TimeSpan limit)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        clock.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(clock.Token);
            await streams.WaitAsync(clock.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            Assert.Fail(
                $"No end within {limit.TotalSeconds} s: {command}\n--- out\n{TextOf(output)}\n--- error\n{TextOf(error)}"
            );
        }
        return new RunResult(command, process.ExitCode, BytesOf(output), TextOf(error));
    }

    /// <summary>Waits until a line on stdout says so.</summary>
    public async Task WaitForOutAsync(string text, TimeSpan limit)
    {
        await Eventually.TrueAsync(
            () => OutSoFar.Contains(text, StringComparison.Ordinal) || HasEnded,
            limit,
            () => $"'{text}' from: {command}\n--- out\n{TextOf(output)}\n--- error\n{TextOf(error)}"
        );
        if (!OutSoFar.Contains(text, StringComparison.Ordinal))
        {
            (await WaitAsync(limit)).Succeeded();
            Assert.Contains(text, OutSoFar, StringComparison.Ordinal);
        }
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        process.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private async Task FeedAsync(ReadOnlyMemory<byte> input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program need not read its input to the end.
        }
    }

    private static async Task CollectAsync(Stream from, MemoryStream into)
    {
        var buffer = new byte[65536];
        int count;
        while ((count = await from.ReadAsync(buffer)) > 0)
        {
            lock (into)
            {
                into.Write(buffer, 0, count);
            }
        }
    }

    private static byte[] BytesOf(MemoryStream stream)
    {
        lock (stream)
        {
            return stream.ToArray();
        }
    }

    private static string TextOf(MemoryStream stream) => Encoding.UTF8.GetString(BytesOf(stream));
}
