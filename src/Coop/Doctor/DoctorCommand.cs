using System.CommandLine;

namespace Coop.Doctor;

/// <summary><c>coop doctor</c>: attacks a real box and tells what held.</summary>
internal static class DoctorCommand
{
    public static Command Declare(Func<DoctorRunner> runner)
    {
        Option<bool> json = new("--json") { Description = "Print one JSON document." };
        Command command = new("doctor", "Attack a box of your own engine and image, and report what held.") { json };
        command.SetAction((parse, cancellationToken) => runner().RunAsync(parse.GetValue(json), cancellationToken));
        return command;
    }
}
