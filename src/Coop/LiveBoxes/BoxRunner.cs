using Coop.Boxes;
using Coop.Errors;
using Coop.Logins;
using Coop.Native;
using Coop.Processes;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.LiveBoxes;

/// <summary>Carries a plan out: prepares, starts, converses, and takes everything away again on every path.</summary>
internal sealed class BoxRunner(
    IProcessRunner processes,
    UserDirectories directories,
    ITerminal terminal,
    IBoxGuard guard,
    IEgress egress,
    TimeProvider time,
    bool isRoot
)
{
    private static readonly TimeSpan ClientLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LateContainer = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan CleanupLimit = TimeSpan.FromSeconds(20);

    /// <summary>The command's own exit code, or 129, 130, 143 when Coop was told to end.</summary>
    /// <param name="streams">What the command reads and writes; a plan that has a terminal goes with Coop's own only.</param>
    /// <param name="report">Gets what was found when the box had ended, on every path.</param>
    /// <exception cref="UserError">The box did not start or did not hold.</exception>
    public async Task<int> RunAsync(
        BoxPlan plan,
        IContainerEngine engine,
        BoxStreams streams,
        SignalPipe signals,
        Action<GuardReport> report,
        CancellationToken cancellationToken
    )
    {
        // Before anything is made: a plan that the engine cannot carry leaves nothing behind.
        var command = engine.Render(plan);
        BoxFiles.Prepare(plan, directories, isRoot);
        using var crossing = LayHome(plan);
        using var run = RunDirectory.Create(directories, plan);
        await guard.PrepareAsync(plan, run.Path, cancellationToken);
        BoxOutcome outcome;
        Task<GuardReport>? inspection = null;
        try
        {
            using var ways = egress.Open(plan, run.LinePath);
            using var staging = engine.Kind == Configuration.EngineKind.Bubblewrap ? null : HostStaging.Create(plan);
            outcome = await StartAsync(plan, engine, command, run, streams, signals, Ended, cancellationToken);
            if (outcome is BoxOutcome.NeverStarted missing && await engine.RepairAsync(plan, missing.Messages, cancellationToken))
            {
                outcome = await StartAsync(plan, engine, command, run, streams, signals, Ended, cancellationToken);
            }
        }
        finally
        {
            report(await (inspection ?? guard.InspectAsync(run.Path, CancellationToken.None)));
        }

        return await ExitCodeAsync(plan, engine, outcome, cancellationToken);

        // Beside the engine, which takes longer to take a container away than the guard to look.
        void Ended() =>
            inspection ??= Task.Run(() => guard.InspectAsync(run.Path, CancellationToken.None), CancellationToken.None);
    }

    private CredentialCrossing? LayHome(BoxPlan plan)
    {
        if (plan.AgentHome is not { } home)
        {
            return null;
        }

        HomeWriter writer = new(isRoot ? (plan.User.OnDisk.Uid, plan.User.OnDisk.Gid) : null);
        writer.Write(home);
        return CredentialCrossing.Start(home, new CredentialStore(directories, time), writer, time);
    }

    private async Task<int> ExitCodeAsync(
        BoxPlan plan,
        IContainerEngine engine,
        BoxOutcome outcome,
        CancellationToken cancellationToken
    ) =>
        outcome switch
        {
            BoxOutcome.Ended ended => ended.Code,
            BoxOutcome.Signalled signalled => 128 + signalled.Signal,
            BoxOutcome.Refused { Code: 126 or 127 } refused => Unstartable(plan, refused),
            BoxOutcome.Refused refused => throw new UserError(
                $"The box was not started: {refused.Reason}.",
                "Nothing ran. See the plan: coop run --dry-run -- true"
            ),
            BoxOutcome.NeverStarted failed => throw await engine.ExplainAsync(
                plan,
                failed.EngineCode,
                failed.Messages,
                cancellationToken
            ),
            BoxOutcome.Vanished vanished => throw new UserError(
                $"The box ended without a word (the engine's exit code is {vanished.EngineCode}).",
                "Somebody removed it, or the machine ran out of memory; see: dmesg | tail"
            ),
            _ => throw new InvalidOperationException($"No answer to {outcome}."),
        };

    private int Unstartable(BoxPlan plan, BoxOutcome.Refused refused)
    {
        if (refused.Code == 127 && plan.AgentHome is { Place.Agent: var agent } && plan.Command[0].ToString() == agent.Command[0])
        {
            terminal.Say(
                plan.Image is { } image
                    ? $"'{agent.Command[0]}' is not in the image {image}."
                    : $"'{agent.Command[0]}' is not in the box."
            );
            terminal.Say($"Put it in: coop build {agent.Name}");
            return refused.Code;
        }

        terminal.Say($"{refused.Reason}.");
        return refused.Code;
    }

    private async Task<BoxOutcome> StartAsync(
        BoxPlan plan,
        IContainerEngine engine,
        ProcessSpec command,
        RunDirectory run,
        BoxStreams streams,
        SignalPipe signals,
        Action ended,
        CancellationToken cancellationToken
    )
    {
        using var line = LineServer.Listen(run.LinePath);
        var messages = engine.ReportsOnStandardError ? Descriptor.Pipe() : (Read: -1, Write: -1);
        IChildProcess client;
        try
        {
            client = processes.Start(
                command with
                {
                    OwnGroup = !plan.ReadsTerminal,
                    Descriptors =
                    [
                        new(streams.Input, 0),
                        new(streams.Output, 1),
                        new(messages.Write < 0 ? streams.Error : messages.Write, 2),
                    ],
                }
            );
        }
        catch (ProgramNotFoundException cause)
        {
            _ = Unistd.close(messages.Read);
            throw await NotStartableAsync(plan, engine, cause, cancellationToken);
        }
        finally
        {
            _ = Unistd.close(messages.Write);
        }

        BoxOutcome? outcome = null;
        try
        {
            using BoxConversation conversation = new(plan, engine, line, client, signals, terminal, time)
            {
                MessageDescriptor = messages.Read,
                ErrorDescriptor = streams.Error,
                Ended = ended,
            };
            return outcome = conversation.Run();
        }
        finally
        {
            line.Hangup();
            await EndAsync(plan, engine, client, outcome);
            _ = Unistd.close(messages.Read);
        }
    }

    private static async Task<UserError> NotStartableAsync(
        BoxPlan plan,
        IContainerEngine engine,
        ProgramNotFoundException cause,
        CancellationToken cancellationToken
    ) =>
        cause.ErrorNumber == Errno.E2BIG
            ? new UserError(
                $"The box needs {plan.Mounts.Count} mounts, more than an engine's arguments can carry.",
                "Run it on bubblewrap, which takes any number: COOP_RUNTIME=bwrap coop …"
            )
            : await engine.ProbeAsync(cancellationToken)
                ?? new UserError(cause.Message, "Look at your PATH, then try again.", cause: cause);

    // An engine's client can be gone while its container is not, unless the box itself said it ended.
    private static async Task EndAsync(BoxPlan plan, IContainerEngine engine, IChildProcess client, BoxOutcome? outcome)
    {
        if (outcome is not (BoxOutcome.Ended or BoxOutcome.Refused))
        {
            client.Signal(Signals.SIGTERM);
            client.WaitForExit(ClientLimit);
            using CancellationTokenSource limit = new(CleanupLimit);
            try
            {
                await engine.RemoveAsync(plan.Name, limit.Token);
                if (outcome is BoxOutcome.Signalled)
                {
                    // Cut off while it asked the daemon to make the container: the daemon may have finished only now.
                    await Task.Delay(LateContainer, CancellationToken.None);
                    await engine.RemoveAsync(plan.Name, limit.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The engine hangs; the box itself ended with its lifeline, and the next run sweeps what is labelled.
            }

            client.Signal(Signals.SIGKILL);
        }

        client.Dispose();
    }
}
