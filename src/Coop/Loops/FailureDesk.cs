using Coop.Boxes;
using Coop.Errors;
using Coop.LoopDecisions;
using Coop.Native;
using Coop.Processes;
using Coop.Runs;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary><c>--debug-on-fail</c>: a shell in a box on the tree as the agent left it, and then the question how to go on.</summary>
internal sealed class FailureDesk(RunDoors doors, ILoopTree tree, ShutdownSignals shutdown)
{
    private ITerminal Terminal => doors.Terminal;

    /// <exception cref="UserError">There is no terminal to open a shell on; exit 2.</exception>
    public static void RequireTerminal(ITerminal terminal)
    {
        if (!terminal.InputIsTerminal || !terminal.OutputIsTerminal || !terminal.ErrorIsTerminal)
        {
            throw UserError.Usage(
                "--debug-on-fail opens a shell, and here is no terminal.",
                "Start it in a terminal, or leave it out."
            );
        }
    }

    public async Task<FailureChoice> AskAsync(string why, CancellationToken cancellationToken)
    {
        Terminal.Say($"That did not count: {why}.");
        Terminal.Say("Here is a shell in a box on the tree as the agent left it, without credentials. Leave it to go on.");
        BoxRequest request = new(BoxRole.Shell, [.. doors.Settings.Shell.Select(word => CString.From(word))], Agent: null)
        {
            IsForeign = tree.Fork is not null,
        };
        try
        {
            var session = await tree.OpenSessionAsync(cancellationToken);
            _ = await session.RunAsync(request, isStrict: false, cancellationToken);
        }
        catch (UserError error)
        {
            ErrorText.Lines(error).ToList().ForEach(Terminal.Say);
        }

        return await ChooseAsync();
    }

    private async Task<FailureChoice> ChooseAsync()
    {
        while (true)
        {
            Terminal.Error("coop: Retry the task, go on with the next one, or stop? [r/g/s] ");

            // A wish to end does not wait for an Enter.
            var answer = Task.Run(Terminal.ReadLine, CancellationToken.None);
            try
            {
                _ = await answer.WaitAsync(shutdown.Token);
            }
            catch (OperationCanceledException)
            {
                Terminal.Error("\n");
                return FailureChoice.Stop;
            }

            switch ((await answer)?.Trim().ToLowerInvariant())
            {
                case "r" or "retry":
                    return FailureChoice.Retry;
                case "g" or "go" or "go on":
                    return FailureChoice.GoOn;
                case "s" or "stop" or null:
                    return FailureChoice.Stop;
                default:
                    break;
            }
        }
    }
}
