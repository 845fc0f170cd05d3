using Coop.Native;
using Microsoft.Win32.SafeHandles;

namespace Coop.Processes;

/// <summary>
/// A program in a session of its own, which the end of the terminal does not reach, with nothing to read and a file to write to. It outlives Coop: only until it has said
/// that it is under way does somebody wait for it.
/// </summary>
internal sealed class DetachedProcess
{
    /// <summary>Under this number the program finds where it says so.</summary>
    public const int ReadyDescriptor = 3;

    private const int StepMilliseconds = 100;

    private readonly IChildProcess child;
    private readonly int word;

    private DetachedProcess(IChildProcess child, int word)
    {
        this.child = child;
        this.word = word;
    }

    public int ProcessId => child.ProcessId;

    /// <param name="output">Gets what it prints, on both streams.</param>
    /// <exception cref="ProgramNotFoundException">It cannot be started.</exception>
    public static DetachedProcess Start(IProcessRunner processes, ProcessSpec spec, SafeFileHandle output)
    {
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var (read, write) = Descriptor.Pipe();
        try
        {
            var started = processes.Start(
                spec with
                {
                    OwnSession = true,
                    Descriptors =
                    [
                        new((int)nothing.DangerousGetHandle(), 0),
                        new((int)output.DangerousGetHandle(), 1),
                        new((int)output.DangerousGetHandle(), 2),
                        new(write, ReadyDescriptor),
                    ],
                }
            );
            return new DetachedProcess(started, read);
        }
        finally
        {
            _ = Unistd.close(write);
        }
    }

    /// <summary>Called by the program itself, once.</summary>
    /// <param name="descriptor">As it was told.</param>
    public static void SayReady(int descriptor)
    {
        // Whoever started it may be gone: then nobody needs to know.
        _ = Descriptor.WriteAll(descriptor, [1]);
        _ = Unistd.close(descriptor);
    }

    /// <summary>Waits for the word, or the end. When cancelled the program is asked to end, and waited for.</summary>
    /// <returns>null when it is under way; else its exit code.</returns>
    public Task<int?> WaitForWordAsync(CancellationToken cancellationToken) =>
        Task.Run(() => WaitForWord(cancellationToken), CancellationToken.None);

    private int? WaitForWord(CancellationToken cancellationToken)
    {
        var isAsked = false;
        Span<PollEntry> entries = [new(word, Poll.POLLIN)];
        while (Poll.Wait(entries, StepMilliseconds) == 0)
        {
            if (cancellationToken.IsCancellationRequested && !isAsked)
            {
                isAsked = true;
                child.Signal(Signals.SIGTERM);
            }
        }

        Span<byte> said = stackalloc byte[1];
        var isReady = Descriptor.Read(word, said) == 1;
        _ = Unistd.close(word);
        if (isReady && !isAsked)
        {
            return null;
        }

        var code = child.WaitForExit();
        child.Dispose();
        return code;
    }
}
