using Coop.Native;

namespace Coop.Processes;

/// <summary>
/// Starts programs with <c>posix_spawn</c>: arguments stay bytes (the runtime's own class would re-encode them), descriptors are passed by
/// number, and nothing else of the process is inherited.
/// </summary>
/// <param name="environment">What children get unless their spec says otherwise.</param>
internal sealed class ProcessRunner(IReadOnlyList<CString> environment) : IProcessRunner
{
    public IChildProcess Start(ProcessSpec spec) => new ChildProcess(SpawnCall.Start(spec, environment));

    // The thread that starts a program stands still until the program runs.
    public Task<ProcessResult> CaptureAsync(ProcessSpec spec, CancellationToken cancellationToken) =>
        Task.Run(() => CaptureHereAsync(spec, cancellationToken), CancellationToken.None);

    private async Task<ProcessResult> CaptureHereAsync(ProcessSpec spec, CancellationToken cancellationToken)
    {
        var output = Descriptor.Pipe();
        var errors = Descriptor.Pipe();
        var input = Descriptor.Pipe();
        IChildProcess child;
        try
        {
            child = Start(
                spec with
                {
                    Descriptors = [.. spec.Descriptors, new(input.Read, 0), new(output.Write, 1), new(errors.Write, 2)],
                }
            );
        }
        catch
        {
            _ = Unistd.close(output.Read);
            _ = Unistd.close(errors.Read);
            _ = Unistd.close(input.Write);
            throw;
        }
        finally
        {
            _ = Unistd.close(input.Read);
            _ = Unistd.close(output.Write);
            _ = Unistd.close(errors.Write);
        }

        var feeding = Feed(input.Write, spec.Input);
        var result = Collect(child, output.Read, errors.Read, spec.MostOutputBytes, cancellationToken);
        await feeding;
        return result;
    }

    // A program that ends without reading makes the write fail, which its exit code tells better.
    private static Task Feed(int descriptor, ReadOnlyMemory<byte> input)
    {
        if (input.IsEmpty)
        {
            _ = Unistd.close(descriptor);
            return Task.CompletedTask;
        }

        return Task.Run(() =>
        {
            _ = Descriptor.WriteAll(descriptor, input.Span);
            _ = Unistd.close(descriptor);
        });
    }

    private static ProcessResult Collect(
        IChildProcess child,
        int output,
        int errors,
        int mostBytes,
        CancellationToken cancellationToken
    )
    {
        using (child)
        using (WakePipe cancelled = new())
        {
            using var kill = cancellationToken.Register(() =>
            {
                child.Signal(Signals.SIGKILL);
                cancelled.Wake();
            });
            using MemoryStream outputBytes = new();
            using MemoryStream errorBytes = new();

            // Both pipes at once: a full one would block the process, and so us.
            // What the killed program had started may hold them open for ever.
            Span<PollEntry> entries =
            [
                new(output, Poll.POLLIN),
                new(errors, Poll.POLLIN),
                new(cancelled.ReadyDescriptor, Poll.POLLIN),
            ];
            var buffer = new byte[64 * 1024];
            while (entries[0].Descriptor >= 0 || entries[1].Descriptor >= 0)
            {
                Poll.Wait(entries, -1);
                if (entries[2].HasNews)
                {
                    _ = Unistd.close(entries[0].Descriptor);
                    _ = Unistd.close(entries[1].Descriptor);
                    break;
                }

                Drain(ref entries[0], buffer, outputBytes, mostBytes);
                Drain(ref entries[1], buffer, errorBytes, int.MaxValue);
            }

            var code = child.WaitForExit();
            cancellationToken.ThrowIfCancellationRequested();
            return new ProcessResult(code, outputBytes.ToArray(), errorBytes.ToArray());
        }
    }

    private static void Drain(ref PollEntry entry, byte[] buffer, MemoryStream into, int mostBytes)
    {
        if (entry.Descriptor < 0 || !entry.HasNews)
        {
            return;
        }

        var count = Descriptor.Read(entry.Descriptor, buffer);
        if (count > 0)
        {
            into.Write(buffer, 0, (int)Math.Min(count, mostBytes - into.Length));
            return;
        }

        _ = Unistd.close(entry.Descriptor);
        entry = entry with { Descriptor = -1 };
    }
}
