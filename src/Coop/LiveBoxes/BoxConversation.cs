using System.Globalization;
using System.Text;
using Coop.Boxes;
using Coop.Errors;
using Coop.Formats;
using Coop.Native;
using Coop.Processes;
using Coop.Terminal;

namespace Coop.LiveBoxes;

/// <summary>
/// One start of an engine command, from the first connection of the box to the end of the command: a single loop waits for the box, the engine's client, signals and
/// the engine's messages.
/// </summary>
internal sealed class BoxConversation(
    BoxPlan plan,
    IContainerEngine engine,
    LineServer line,
    IChildProcess client,
    SignalPipe signals,
    ITerminal terminal,
    TimeProvider time
) : IDisposable
{
    // After TERM and HUP a program gets this long to put its things away.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // A client whose box is gone ends by itself at once; a daemon that hangs must not hold Coop.
    private static readonly TimeSpan ClientGrace = TimeSpan.FromSeconds(15);

    private readonly StringBuilder messages = new();
    private readonly byte[]? settings = Termios.Save(0);
    private IDisposable? attachment;
    private BoxEnd? end;
    private DateTimeOffset? deadline;
    private bool isRunning;
    private int interrupts;
    private int? endSignal;
    private BoxOutcome? outcome;

    /// <summary>The engine's messages arrive here; -1 when its standard error is the user's own.</summary>
    public int MessageDescriptor { get; init; } = -1;

    /// <summary>Where the command's own standard error goes when it comes mixed with the engine's messages.</summary>
    public required int ErrorDescriptor { get; init; }

    /// <summary>Called at most once, when every process of the box has ended and the engine is still taking it away; not for every box.</summary>
    public required Action Ended { get; init; }

    /// <summary>Runs until the engine's client has ended.</summary>
    public BoxOutcome Run()
    {
        Span<PollEntry> entries =
        [
            new(client.EndedDescriptor, Poll.POLLIN),
            new(line.Descriptor, Poll.POLLIN),
            new(signals.ReadyDescriptor, Poll.POLLIN),
            new(MessageDescriptor, Poll.POLLIN),
            new(-1, Poll.POLLIN),
        ];
        while (true)
        {
            entries[1] = new(line.Descriptor, Poll.POLLIN);
            entries[4] = new(end?.Descriptor ?? -1, Poll.POLLIN);
            Poll.Wait(entries, WaitMilliseconds());
            if (entries[3].HasNews && !RelayMessages())
            {
                entries[3] = entries[3] with { Descriptor = -1 };
            }

            if (entries[1].HasNews)
            {
                Hear();
            }

            if (entries[2].HasNews)
            {
                Handle(signals.Take());
            }

            if (entries[4].HasNews)
            {
                end?.Dispose();
                end = null;
                Ended();
            }

            if (deadline is { } until && time.GetUtcNow() >= until)
            {
                Force();
            }

            // Last, so that everything the box said before is heard.
            if (entries[0].HasNews)
            {
                return Finish();
            }
        }
    }

    public void Dispose()
    {
        attachment?.Dispose();
        end?.Dispose();
        if (settings is not null && plan.HasTerminal)
        {
            Termios.Restore(0, settings);
        }
    }

    private int WaitMilliseconds() =>
        deadline is { } until ? (int)Math.Clamp((until - time.GetUtcNow()).TotalMilliseconds + 1, 0, int.MaxValue) : -1;

    private BoxOutcome Finish()
    {
        while (line.IsConnected && HasWaiting(line.Descriptor))
        {
            Hear();
        }

        while (MessageDescriptor >= 0 && HasWaiting(MessageDescriptor) && RelayMessages()) { }
        var code = client.WaitForExit();
        if (outcome is not null)
        {
            return outcome;
        }

        return endSignal is { } signal ? new BoxOutcome.Signalled(signal)
            : isRunning ? new BoxOutcome.Vanished(code, messages.ToString())
            : new BoxOutcome.NeverStarted(code, messages.ToString());
    }

    private static bool HasWaiting(int descriptor)
    {
        Span<PollEntry> one = [new(descriptor, Poll.POLLIN)];
        return Poll.Wait(one, 0) > 0;
    }

    private void Hear()
    {
        if (!line.IsConnected)
        {
            line.Accept();
            return;
        }

        if (!line.Fill())
        {
            deadline ??= time.GetUtcNow() + ClientGrace;
            return;
        }

        while (line.TakeLine() is { } text)
        {
            Obey(text.Split(' ', 3));
        }
    }

    private void Obey(string[] words)
    {
        switch (words)
        {
            case [GuestProtocol.Hello, ..]:
                StartCommand();
                break;
            case [GuestProtocol.Stopped]:
                Suspend();
                break;
            case [GuestProtocol.Exit, var code] when int.TryParse(code, CultureInfo.InvariantCulture, out var value):
                outcome = new BoxOutcome.Ended(value);
                break;
            case [GuestProtocol.Failed, var code, var reason]
                when int.TryParse(code, CultureInfo.InvariantCulture, out var value):
                outcome = new BoxOutcome.Refused(value, PlainText.CleanLine(reason));
                break;
            default:
                outcome = new BoxOutcome.Refused(1, "it spoke out of turn");
                line.Hangup();
                break;
        }
    }

    private void StartCommand()
    {
        var verdict = ProveLimits();
        foreach (var key in verdict.Warnings)
        {
            terminal.Say(
                $"{engine.Kind.ToString().ToLowerInvariant()} cannot hold the default {key}; the box runs without that cap."
            );
        }

        if (verdict.Refusals.Count > 0)
        {
            throw new UserError(
                $"The box does not hold {string.Join(" and ", verdict.Refusals)}: the limit was set and read back, and it is not in force.",
                "Unset it, or choose an engine that can limit: rootless engines need cgroup version 2."
            );
        }

        attachment = engine.Attach(plan, line.BoxProcess);
        end = line.BoxProcess is { } first ? BoxEnd.Watch(first) : null;
        isRunning = true;

        // What an engine warned of on the way (limits it ignores, a missing swap controller) has been judged above by reading it back.
        messages.Clear();
        // docker's client sets the size only after the start; the command must see the right one from its first moment.
        line.SendGo(plan.SecretEnvironment, plan.HasTerminal ? Termios.SizeOf(0) ?? default : default);
    }

    private LimitVerdict ProveLimits()
    {
        if (line.BoxProcess is not { } process)
        {
            return LimitProof.Judge(plan.Limits, new CgroupLimits(null, null, null), null);
        }

        // Where the box shares the host's users, that limit would count the user's other processes too and is not set.
        return LimitProof.Judge(plan.Limits, CgroupLimits.Read(process), plan.User.MapsUsers ? ProcessLimit.Read(process) : null);
    }

    private bool RelayMessages()
    {
        var buffer = new byte[16 * 1024];
        var count = Descriptor.Read(MessageDescriptor, buffer);
        if (count <= 0)
        {
            return false;
        }

        if (isRunning && !plan.HasTerminal)
        {
            Descriptor.WriteAll(ErrorDescriptor, buffer.AsSpan(0, count));
        }
        else
        {
            messages.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return true;
    }

    private void Handle(int signal)
    {
        if (signal == Signals.WindowChanged)
        {
            SendWindowSize();
            return;
        }

        if (!isRunning)
        {
            endSignal = signal;
            Force();
            return;
        }

        // What the terminal's keys send is for the program in the box, which may well go on after it; the third one is meant for Coop.
        // A client in the foreground without a terminal of the box's got the key's signal itself and passes it on.
        if (signal is not (Signals.SIGINT or Signals.SIGQUIT) || plan.HasTerminal || !plan.ReadsTerminal)
        {
            line.Send(string.Create(CultureInfo.InvariantCulture, $"{GuestProtocol.Signal} {signal}"));
        }

        if (signal is Signals.SIGTERM or Signals.SIGHUP || (signal == Signals.SIGINT && ++interrupts >= 3))
        {
            // Asked a second time there is no grace.
            var now = time.GetUtcNow();
            deadline = interrupts >= 3 || endSignal is not null ? now : now + Grace;
            endSignal = signal;
        }
    }

    // First the box's own end; then, if the client stays, the client's.
    private void Force()
    {
        if (line.Descriptor >= 0)
        {
            line.Hangup();
            client.Signal(isRunning ? Signals.Continue : Signals.SIGTERM);
            deadline = time.GetUtcNow() + ClientGrace;
            return;
        }

        client.Signal(Signals.SIGKILL);
        deadline = time.GetUtcNow() + ClientGrace;
    }

    private void Suspend()
    {
        if (settings is null || !plan.HasTerminal)
        {
            line.Send(GuestProtocol.Continue);
            return;
        }

        var raw = Termios.Save(0);
        client.Signal(Signals.Stop);
        Termios.Restore(0, settings);

        // To this very thread: sent to the process, another thread could take it, and this one would go on for a moment.
        _ = Signals.raise(Signals.Stop);

        // Here the shell has continued us (`fg`).
        if (raw is not null)
        {
            Termios.Restore(0, raw);
        }

        client.Signal(Signals.Continue);
        client.Signal(Signals.WindowChanged);
        line.Send(GuestProtocol.Continue);
        SendWindowSize();
    }

    private void SendWindowSize()
    {
        if (Termios.SizeOf(0) is { } size)
        {
            line.Send(string.Create(CultureInfo.InvariantCulture, $"{GuestProtocol.Resize} {size.Rows} {size.Columns}"));
        }
    }
}
