using System.CommandLine;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Native;

namespace Coop.Runs;

/// <summary><c>coop shell</c>: a shell in the box.</summary>
internal static class ShellCommand
{
    public static Command Declare(Func<RunSession> session, Func<Settings> settings)
    {
        Command command = new("shell", "Open a shell in a box that holds this repository and nothing else.");
        command.SetAction(
            (_, cancellationToken) =>
                session()
                    .RunAsync(
                        new BoxRequest(BoxRole.Shell, [.. settings().Shell.Select(word => CString.From(word))], Agent: null),
                        isStrict: false,
                        cancellationToken
                    )
        );
        return command;
    }
}
