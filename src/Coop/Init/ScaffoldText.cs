using Coop.Git;
using Coop.Places;

namespace Coop.Init;

/// <summary>What <c>coop init</c> tells. Pure.</summary>
internal static class ScaffoldText
{
    private const int MostLinesShown = 6;

    /// <summary>Lines for people.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ScaffoldStep> steps, ScaffoldFacts facts)
    {
        var written = steps.Count(step => step.State is EntryState.Missing or EntryState.Appended);
        var inPlace = steps.Count(step => step.State == EntryState.InPlace);
        if (written == 0)
        {
            yield return inPlace == steps.Count
                ? "All is in place; nothing was changed."
                : $"Nothing was changed; {inPlace} of {steps.Count} are in place.";
        }
        else
        {
            var also = inPlace > 0 ? $"; {inPlace} were in place" : "";
            yield return $"{written} {(written == 1 ? "path" : "paths")} written{also}. Look at them: git status";
        }

        foreach (var line in steps.Where(step => step.State == EntryState.Differs).SelectMany(Difference).Concat(Ways(steps)))
        {
            yield return line;
        }

        // A hook that is not Coop's is not one to have started.
        foreach (
            var line in steps.Any(step => step.Entry.Path.Equals(ScaffoldPlanner.Hook) && step.State == EntryState.Differs)
                ? []
                : Hooks(facts)
        )
        {
            yield return line;
        }

        foreach (var line in steps.Where(step => step.State == EntryState.Missing).SelectMany(step => Stack(step.Entry, facts)))
        {
            yield return line;
        }

        if (steps.Any(step => step is { State: EntryState.Missing, Entry.OwnersWords.Count: 1 }))
        {
            yield return "Next: tell in AGENTS.md how the project is built and tested, commit, and begin: coop tasks add \"TITLE\"";
        }
        else if (written > 0)
        {
            yield return "Next: commit, and begin: coop tasks add \"TITLE\"";
        }
    }

    // What is in the way of many is said once.
    private static IEnumerable<string> Ways(IReadOnlyList<ScaffoldStep> steps) =>
        steps
            .Select(step => (step.Entry.Path, Way: step.Found as FoundThing.Behind))
            .Where(found => found.Way is not null)
            .GroupBy(found => found.Way!, found => found.Path)
            .Select(group =>
                $"'{group.Key.Path}' is {group.Key.Kind}. It stays as it is, and nothing is written behind it: {string.Join(", ", group)}"
            );

    private static IEnumerable<string> Difference(ScaffoldStep step)
    {
        if (step.Found is FoundThing.Behind)
        {
            yield break;
        }

        var path = step.Entry.Path;
        yield return $"'{path}' {step.Difference}. It stays as it is.";

        foreach (var line in step.Lacking.Take(MostLinesShown))
        {
            yield return $"    + {line}";
        }

        if (step.Entry.Kind == EntryKind.Link)
        {
            yield return step.Found is not FoundThing.RegularFile || step.Entry.OwnersWords is null
                ? $"  To take Coop's, move yours away and type: ln -s {step.Entry.Content} {path}"
                : $"  To have one text for all agents, move it into {step.Entry.Content} and type: ln -s {step.Entry.Content} {path}";
            yield break;
        }

        if (step.Lacking.Count > MostLinesShown)
        {
            yield return $"    … and {step.Lacking.Count - MostLinesShown} more lines";
        }

        yield return $"  To see Coop's: coop init --print {path}";
    }

    private static IEnumerable<string> Stack(ScaffoldEntry entry, ScaffoldFacts facts) =>
        entry.Path.ToString() switch
        {
            OwnImage.FileName => [$"Containers of this repository start from {entry.Path} now, once it is built: coop build"],
            ComposeText.FileName =>
            [
                $"Services named here: {string.Join(", ", facts.Services.Select(one => $"{one.Kind.Name} ({one.File})"))}. "
                    + $"How to start them, and let boxes reach them, stands in {entry.Path}",
            ],
            _ => [],
        };

    private static IEnumerable<string> Hooks(ScaffoldFacts facts) =>
        facts.Hooks switch
        {
            CommitHooks.Checked => [],
            CommitHooks.None =>
            [
                facts.OtherHooks.Count == 0
                    ? $"To have commits checked for credentials, type once in every clone: git config core.hooksPath {ScaffoldPlanner.HooksDirectory}"
                    : $"To have commits checked for credentials, look at what else git then starts ({string.Join(", ", facts.OtherHooks)}), and type: "
                        + $"git config core.hooksPath {ScaffoldPlanner.HooksDirectory}",
            ],
            CommitHooks.Private when facts.HooksPlace.Length == 0 =>
            [
                "This clone has hooks of its own, and none looks at commits. To have them checked for credentials: coop check-secrets --install-hook",
            ],
            CommitHooks.Private =>
            [
                $"This clone has hooks of its own. To have commits checked for credentials, add this line to '{facts.HooksPlace}': {PreCommitHook.CheckLine}",
            ],
            CommitHooks.Elsewhere =>
            [
                $"This repository's hooks are those in '{facts.HooksPlace}' (core.hooksPath). Add this line to the {PreCommitHook.Name} hook there: {PreCommitHook.CheckLine}",
            ],
            _ => throw new InvalidOperationException($"No words for {facts.Hooks}."),
        };
}
