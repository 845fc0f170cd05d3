using System.CommandLine;
using Coop.Boxes;
using Coop.Errors;
using Coop.Native;

namespace Coop.Runs;

/// <summary><c>coop run</c>: any command in the box.</summary>
internal static class RunCommand
{
    public const string Name = "run";
    public const string DryRunOption = "--dry-run";

    /// <param name="program">The words that are passed on, taken apart before the parser saw them.</param>
    public static Command Declare(Func<RunSession> session, IReadOnlyList<CString> program)
    {
        Option<bool> dryRun = new(DryRunOption) { Description = "Print the plan and the exact engine command; start nothing." };
        Command command = new(Name, "Run a command in a box that holds this repository and nothing else.") { dryRun };
        command.SetAction(
            (parse, cancellationToken) =>
            {
                if (program.Count == 0)
                {
                    throw UserError.Usage("coop run needs a command.", "For example: coop run -- make test");
                }

                BoxRequest request = new(BoxRole.Run, program, Agent: null);
                return parse.GetValue(dryRun)
                    ? session().RehearseAsync(request, cancellationToken)
                    : session().RunAsync(request, isStrict: false, cancellationToken);
            }
        );
        return command;
    }
}
