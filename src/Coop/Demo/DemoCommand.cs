using System.CommandLine;

namespace Coop.Demo;

/// <summary><c>coop demo</c>: what a box is worth, shown in a second on a project that nobody keeps.</summary>
internal static class DemoCommand
{
    public static Command Declare(Func<DemoRunner> runner)
    {
        Command command = new("demo", "Watch a scripted agent try a box: a throw-away repository, no account, no image.");
        command.SetAction((_, cancellationToken) => runner().RunAsync(cancellationToken));
        return command;
    }
}
