using Coop.Git;
using Coop.Images;

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

        foreach (var line in steps.Where(step => step.State == EntryState.Differs).SelectMany(Difference))
        {
            yield return line;
        }

        foreach (var line in Hooks(facts))
        {
            yield return line;
        }

        foreach (var line in steps.Where(step => step.State == EntryState.Missing).SelectMany(step => Stack(step.Entry, facts)))
        {
            yield return line;
        }

        if (written > 0)
        {
            yield return "Next: tell in AGENTS.md how the project is built and tested, commit, and begin: coop tasks add \"TITLE\"";
        }
    }

    private static IEnumerable<string> Difference(ScaffoldStep step)
    {
        var path = step.Entry.Path;
        yield return $"'{path}' {step.Difference}. It stays as it is.";

        foreach (var line in step.Lacking.Take(MostLinesShown))
        {
            yield return $"    + {line}";
        }

        if (step.Entry.Kind == EntryKind.Link)
        {
            yield return step.Entry.OwnersWords is null
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
            ImagePlanner.OwnFileName =>
            [
                $"Containers of this repository start from {entry.Path} now, once it is built: coop build",
            ],
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
                $"To have commits checked for credentials, type once in every clone: git config core.hooksPath {ScaffoldPlanner.HooksDirectory}",
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
