using System.Globalization;
using Coop.Formats;
using Coop.Native;
using Coop.Processes;

namespace Coop.Guest;

/// <summary>
/// The first process of a box: gives up what it could still do, reports what it reads of itself, starts the command when the host says so, passes on
/// signals and stops, collects orphans, and ends (which ends every process of the box) with the command or with the lifeline.
/// </summary>
internal static class Init
{
    /// <summary>Runs to the end of the box and returns the command's exit code.</summary>
    public static int Run(IReadOnlyList<CString> words)
    {
        InitOptions options;
        try
        {
            options = InitOptions.Parse(words);
        }
        catch (FormatException cause)
        {
            return Complain(null, GuestExit.BoxBroken, cause.Message);
        }

        var problem = Hardening.Apply(options.Processes);
        using var line = options.HasLine ? Lifeline.Connect() : null;
        if (options.HasLine && line is null)
        {
            return Complain(null, GuestExit.BoxBroken, "The box cannot reach Coop on the host.");
        }

        BoxVariables inherited = new(BoxVariables.Inherited(), []);
        problem ??= PortListeners.Start(options.Ports, inherited.Entries);
        var report = SelfReport.Read(options.OwnedPath);
        problem ??= report.Problem(options.OwnedPath is not null);
        if (problem is not null)
        {
            return Complain(line, GuestExit.BoxBroken, problem);
        }

        line?.Send(string.Create(CultureInfo.InvariantCulture, $"{GuestProtocol.Hello} uid={report.Uid}"));
        var order = line is null ? new StartOrder([], "0", "0") : line.WaitForGo();
        if (order is null)
        {
            return GuestExit.BoxBroken;
        }

        BoxVariables variables = new(BoxVariables.Inherited(), order.Variables);
        if (options.HasTools)
        {
            variables.PointToTools();
        }

        // From here on other processes of the same user exist; this one's memory and environment are not theirs to read.
        _ = Prctl.ForbidTracing();
        return Start(options, variables, order, line);
    }

    private static int Start(InitOptions options, BoxVariables variables, StartOrder order, Lifeline? line)
    {
        if (ProgramLookup.Find(options.Command[0], variables.Get("PATH")) is not { } program)
        {
            return Complain(line, GuestExit.NotFound, $"'{options.Command[0]}' is not in the box");
        }

        // Setting the foreground group from the background, as the first process does below, would stop it otherwise.
        _ = Signals.signal(Signals.SIGTTOU, Signals.Ignore);
        using var made = options.MakesTerminal ? BoxTerminal.Open() : null;
        var terminal = made?.Slave ?? EngineTerminal();
        TerminalSize.Set(terminal, order.Rows, order.Columns);
        ProcessSpec spec = new(program, [.. options.Command.Skip(1)])
        {
            OwnName = options.Command[0],
            Environment = variables.Entries,
            OwnGroup = true,
            ForegroundOf = terminal,
            Descriptors = made?.ForCommand() ?? [],
        };
        int command;
        try
        {
            command = SpawnCall.Start(spec, []);
        }
        catch (ProgramNotFoundException cause)
        {
            made?.Dispose();
            return Complain(
                line,
                GuestExit.CannotExecute,
                $"'{options.Command[0]}' cannot be run: {Errno.Text(cause.ErrorNumber)}"
            );
        }

        using SignalForwarding signals = new(command);
        return new InitLoop(command, terminal, made, line).Run();
    }

    // Engines that make a terminal make the first process the leader of its session; an inherited one is the host's and not ours to rule.
    private static int? EngineTerminal() => Unistd.isatty(0) == 1 && Unistd.getsid(0) == Unistd.getpid() ? 0 : null;

    private static int Complain(Lifeline? line, int code, string reason)
    {
        if (line is not null)
        {
            line.Send(string.Create(CultureInfo.InvariantCulture, $"{GuestProtocol.Failed} {code} {reason}"));
        }
        else
        {
            Descriptor.WriteAll(2, System.Text.Encoding.UTF8.GetBytes($"coop: {reason}\n"));
        }

        return code;
    }
}
