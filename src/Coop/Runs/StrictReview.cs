using Coop.Boxes;
using Coop.Errors;
using Coop.Guards;
using Coop.Places;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Runs;

/// <summary><c>--strict</c>: what a box changed and the host would run by itself stays only if the user says yes. Without a yes, and where nobody can be asked, it is moved away.</summary>
internal sealed class StrictReview(UserDirectories directories, ITerminal terminal)
{
    /// <summary>The exit code of the run: the command's own, or 3 when it was 0 and files were moved away.</summary>
    public int Review(BoxPlan plan, GuardReport report, int exitCode)
    {
        if (report.Triggers.Count == 0 || Confirmation.Ask(terminal, "Keep these files where they are?"))
        {
            return exitCode;
        }

        var place = BytePath.From(
            Path.Combine(directories.State, "quarantine", RepositoryId.Of(plan.Repository), $"{plan.RunId}-strict")
        );
        Quarantine quarantine = new(
            place,
            (plan.Location.CommonDirectory ?? plan.Repository).Join("coop-quarantine").Join(plan.RunId)
        );
        foreach (var trigger in report.Triggers)
        {
            quarantine.Take(plan.Repository.Join(trigger.Path), trigger.When);
        }

        terminal.Say($"{quarantine.Moved.Count} of them moved to '{place}'; git shows what is missing: git status");
        return exitCode == ExitCode.Done ? ExitCode.NeedsHuman : exitCode;
    }
}
