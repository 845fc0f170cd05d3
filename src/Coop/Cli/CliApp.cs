using System.CommandLine;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.ForkLoops;
using Coop.Forks;
using Coop.Runs;
using Coop.Terminal;

namespace Coop.Cli;

/// <summary>The whole tool: splits and parses the words, runs the command, and turns every failure into words and an exit code. The only catch of <see cref="UserError"/>.</summary>
internal sealed class CliApp(Doors doors)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await InvokeAsync(cancellationToken);
        }
        catch (UserError error)
        {
            ErrorText.Lines(error).ToList().ForEach(doors.Terminal.Say);
            return error.ExitCode;
        }
        catch (OutputClosedException closed)
        {
            if (!closed.ReaderGone)
            {
                doors.Terminal.Say($"The output could not be written: {closed.Message}.");
                doors.Terminal.Say("Give it somewhere to go, for instance: coop … > file");
            }

            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (FileTrouble.Explain(error) is { } explained)
        {
            ErrorText.Lines(explained).ToList().ForEach(doors.Terminal.Say);
            return explained.ExitCode;
        }
#pragma warning disable CA1031 // The last line of defence: nothing may end in the runtime's own crash page.
        catch (Exception error)
#pragma warning restore CA1031
        {
            doors.Terminal.Say($"unexpected {error.GetType().Name}: {PlainText.CleanLine(error.Message)}");
            doors.Terminal.Say("This is a fault of Coop. COOP_TRACE=1 prints where it happened.");
            if (doors.Host.GetFilled("COOP_TRACE") is not null)
            {
                doors.Terminal.Error(error + "\n");
            }

            return ExitCode.Failed;
        }
    }

    private Task<int> InvokeAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new UserError(
                "Coop's boxes need Linux or macOS.",
                "On Windows run it inside WSL 2, where it is a Linux program."
            );
        }

        var words = doors.Host.Arguments;
        var split =
            words is [var first, ..] && first.ToString() is ForkCommand.Name or ForkCommand.Alias
                ? ArgumentSplit.SplitNamed(
                    words,
                    ForkName.Verbs,
                    ForkCommand.EntryOptions,
                    ForkLoopOptions.Line,
                    word => AgentCommand.IsTarget(word, doors.Host)
                )
                : ArgumentSplit.Split(words, CommandTree.TakesProgram, word => AgentCommand.IsTarget(word, doors.Host));
        var root = new CommandTree(doors).Make(split.Program);
        if (Suggestions.Answer(root, split.Coop) is { } suggestions)
        {
            doors.Terminal.Out(suggestions);
            return Task.FromResult(ExitCode.Done);
        }

        // Otherwise a word that begins with @ would be replaced by a file's content.
        var parse = root.Parse([.. split.Coop], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0 || parse.UnmatchedTokens.Count > 0)
        {
            throw ParseErrorText.From(parse, root);
        }

        InvocationConfiguration invocation = new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = new TerminalWriter(doors.Terminal.Out),
            Error = new TerminalWriter(doors.Terminal.Error),
        };
        return parse.InvokeAsync(invocation, cancellationToken);
    }
}
