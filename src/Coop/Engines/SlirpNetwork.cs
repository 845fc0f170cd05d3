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

    /// <param name="isRoot">Only root's slirp4netns can shut itself away from the host's files: its sandbox wants group 0, which an ordinary user's namespace does not give it.</param>
    /// <param name="boxProcess">The box's first process; null when the kernel does not tell.</param>
    /// <exception cref="UserError">It is missing or cannot attach; the box must not start.</exception>
    public static SlirpNetwork Start(IProcessRunner processes, bool isRoot, int? boxProcess)
    {
        using SlirpDescriptors descriptors = new(boxProcess ?? throw Failure("the kernel does not tell the box's process"));
        if (descriptors.Owner < 0)
        {
            throw Failure($"the box's network cannot be opened, {Errno.Text(-descriptors.Owner)}");
        }

        var started = StartProgram(processes, isRoot, descriptors);
        if (descriptors.WaitUntilReady(ReadyLimit))
        {
            return new SlirpNetwork(started, descriptors.TakeExitPipe());
        }

        started.Signal(Signals.SIGKILL);
        started.Dispose();
        throw Failure(EngineMessages.LastLine(descriptors.Messages()).TrimEnd('.'));
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

    private static IChildProcess StartProgram(IProcessRunner processes, bool isRoot, SlirpDescriptors descriptors)
    {
        string[] words =
        [
            "--configure",
            "--mtu=65520",
            "--disable-host-loopback",
            "--enable-seccomp",
            .. isRoot ? ["--enable-sandbox"] : Array.Empty<string>(),
            Numbered("--ready-fd=", SlirpDescriptors.ReadyNumber),
            Numbered("--exit-fd=", SlirpDescriptors.ExitNumber),
            Numbered("--userns-path=/proc/self/fd/", SlirpDescriptors.OwnerNumber),
            "--netns-type=path",
            Numbered("/proc/self/fd/", SlirpDescriptors.NetworkNumber),
            "tap0",
        ];
        try
        {
            // Its sandbox takes the old tree down, and with mounts that are shared (docker's, podman's) the host's own: so it starts where nothing spreads back.
            ProcessSpec spec = isRoot
                ? new ProcessSpec("unshare", ["--mount", "--propagation", "private", "--", "slirp4netns", .. words])
                : new ProcessSpec("slirp4netns", words);
            return processes.Start(spec with { OwnGroup = true, Descriptors = descriptors.Passed });
        }
        catch (ProgramNotFoundException cause)
        {
            throw new UserError(
                "slirp4netns, which connects a bubblewrap box to the network, is not installed.",
                "Install it: sudo apt-get install slirp4netns, or run without network: COOP_EGRESS=none",
                cause: cause
            );
        }
    }

    private static string Numbered(string option, int descriptor) =>
        string.Create(CultureInfo.InvariantCulture, $"{option}{descriptor}");

    private static UserError Failure(string reason) =>
        new(
            $"slirp4netns could not connect the box to the network: {reason}.",
            "It needs /dev/net/tun open to you (sudo chmod 666 /dev/net/tun); without network: COOP_EGRESS=none"
        );
}
