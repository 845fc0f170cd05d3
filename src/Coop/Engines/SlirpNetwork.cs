using System.Globalization;
using Coop.Errors;
using Coop.Native;
using Coop.Processes;

namespace Coop.Engines;

/// <summary>
/// The way out of a bubblewrap box's own network namespace: slirp4netns, which makes connections of its own on the host and refuses those to the host's
/// loopback. It ends when the pipe it watches is closed, so also when Coop is killed.
/// </summary>
internal sealed class SlirpNetwork : IDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(3);

    private readonly IChildProcess program;
    private readonly int exitPipe;

    private SlirpNetwork(IChildProcess program, int exitPipe)
    {
        this.program = program;
        this.exitPipe = exitPipe;
    }

    /// <exception cref="UserError">It is missing or cannot attach; the box must not start.</exception>
    public static SlirpNetwork Start(IProcessRunner processes, int? boxProcess)
    {
        if (boxProcess is not { } box)
        {
            throw Failure("the kernel does not tell the box's process");
        }

        var ready = Descriptor.Pipe();
        var exit = Descriptor.Pipe();
        var output = Descriptor.Pipe();
        try
        {
            ProcessSpec spec = new(
                "slirp4netns",
                "--configure",
                "--mtu=65520",
                "--disable-host-loopback",
                "--enable-sandbox",
                "--enable-seccomp",
                "--ready-fd=10",
                "--exit-fd=11",
                box.ToString(CultureInfo.InvariantCulture),
                "tap0"
            );
            var started = processes.Start(
                spec with
                {
                    OwnGroup = true,
                    Descriptors = [new(output.Write, 1), new(output.Write, 2), new(ready.Write, 10), new(exit.Read, 11)],
                }
            );
            Close(ref ready.Write);
            Close(ref output.Write);
            if (!IsReady(ready.Read))
            {
                started.Signal(Signals.SIGKILL);
                started.Dispose();
                throw Failure(EngineMessages.LastLine(ReadSome(output.Read)).TrimEnd('.'));
            }

            SlirpNetwork network = new(started, exit.Write);
            exit.Write = -1;
            return network;
        }
        catch (ProgramNotFoundException)
        {
            throw new UserError(
                "slirp4netns, which connects a bubblewrap box to the network, is not installed.",
                "Install it: sudo apt-get install slirp4netns, or run without network: COOP_EGRESS=none"
            );
        }
        finally
        {
            Close(ref ready.Read);
            Close(ref ready.Write);
            Close(ref exit.Read);
            Close(ref exit.Write);
            Close(ref output.Read);
            Close(ref output.Write);
        }
    }

    public void Dispose()
    {
        _ = Unistd.close(exitPipe);
        if (!program.WaitForExit(EndLimit))
        {
            program.Signal(Signals.SIGKILL);
        }

        program.Dispose();
    }

    private static UserError Failure(string reason) =>
        new(
            $"slirp4netns could not connect the box to the network: {reason}.",
            "It needs /dev/net/tun open to you (sudo chmod 666 /dev/net/tun); without network: COOP_EGRESS=none"
        );

    private static bool IsReady(int fd)
    {
        Span<PollEntry> entries = [new(fd, Poll.POLLIN)];
        Span<byte> one = stackalloc byte[1];
        return Poll.Wait(entries, (int)ReadyLimit.TotalMilliseconds) > 0 && Descriptor.Read(fd, one) == 1;
    }

    private static string ReadSome(int fd)
    {
        var buffer = new byte[8192];
        Span<PollEntry> entries = [new(fd, Poll.POLLIN)];
        var count = Poll.Wait(entries, 0) > 0 ? Descriptor.Read(fd, buffer) : 0;
        return System.Text.Encoding.UTF8.GetString(buffer, 0, Math.Max(count, 0));
    }

    private static void Close(ref int fd)
    {
        if (fd >= 0)
        {
            _ = Unistd.close(fd);
            fd = -1;
        }
    }
}
