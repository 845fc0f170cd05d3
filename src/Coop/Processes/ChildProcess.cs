using Coop.Native;

namespace Coop.Processes;

/// <summary>A child started with <c>posix_spawn</c>, waited for by a thread of its own that closes a pipe when the child has ended.</summary>
internal sealed class ChildProcess : IChildProcess
{
    private const int WaiterStackBytes = 128 * 1024;

    private readonly Lock gate = new();
    private readonly ManualResetEventSlim ended = new();
    private readonly int readEnd;
    private readonly int writeEnd;
    private int exitCode;

    public ChildProcess(int processId)
    {
        ProcessId = processId;
        (readEnd, writeEnd) = Descriptor.Pipe();
        new Thread(WaitForEnd, WaiterStackBytes) { IsBackground = true, Name = $"wait {processId}" }.Start();
    }

    public int ProcessId { get; }

    public int EndedDescriptor => readEnd;

    public int WaitForExit()
    {
        ended.Wait(CancellationToken.None);
        return exitCode;
    }

    public bool WaitForExit(TimeSpan limit) => ended.Wait(limit, CancellationToken.None);

    public void Signal(int signal)
    {
        // Under the lock the pid is still this child's: it is only given back by the wait below.
        lock (gate)
        {
            if (!ended.IsSet)
            {
                _ = Signals.kill(ProcessId, signal);
            }
        }
    }

    public void Dispose()
    {
        WaitForExit();
        _ = Unistd.close(readEnd);
        ended.Dispose();
    }

    private void WaitForEnd()
    {
        WaitId.UntilExited(ProcessId);
        lock (gate)
        {
            exitCode = Wait.For(ProcessId, 0, out var status) == ProcessId ? Wait.ExitCode(status) : 1;
            ended.Set();
        }

        _ = Unistd.close(writeEnd);
    }
}
