namespace Coop.Doctor;

/// <summary>What a box can leave behind for the user's git, and whether git works in it.</summary>
internal sealed class GitCheck : IDoctorCheck
{
    private const string Advice = "Do not run git in a repository after a box until this holds; tell the authors.";

    private static readonly Promise Controls = new("git-controls", "Hooks and configuration stay untouched", Advice);
    private static readonly Promise Nested = new("git-nested", "No nested repository waits for your git", Advice);
    private static readonly Promise Decoys = new("git-decoys", "Commits leave hidden files alone", Advice);
    private static readonly Promise Works = new("git-works", "git works in it", "Use an image that has git (COOP_IMAGE).");

    public string Name => "git";

    public IReadOnlyList<Promise> Promises => [Controls, Nested, Decoys, Works];

    public string Attack(DoctorPlants plants) =>
        $$"""
            echo 'changed by the box' >> {{DoctorPlants.Readme}}
            git add --all && git commit --quiet --message='everything' && echo 'committed'
            git commit --quiet --all --message='again'
            mv .git .git-away && mv .git-away .git && echo 'renamed .git'
            for control in .git/hooks .git/config; do mv $control $control-away && mv $control-away $control && echo "renamed $control"; done
            mkdir -p .git/hooks .git/info
            for hook in pre-commit post-commit post-checkout post-merge pre-push reference-transaction fsmonitor-watchman; do
              printf '#!/bin/sh\necho planted\n' > .git/hooks/$hook; chmod 755 .git/hooks/$hook
            done
            git config core.fsmonitor 'echo planted'; git config core.hooksPath "$PWD/evil-hooks"; git config alias.st '!echo planted'
            printf '[core]\n\tfsmonitor = echo planted\n' >> .git/config
            printf '[core]\n\tfsmonitor = echo planted\n' > .git/config.worktree
            printf '* filter=planted\n' > .git/info/attributes
            mkdir -p evil/.git/objects evil/.git/refs/heads
            echo 'ref: refs/heads/main' > evil/.git/HEAD
            printf '[core]\n\trepositoryformatversion = 0\n\tfsmonitor = echo planted\n' > evil/.git/config
            """;

    public IEnumerable<CheckResult> Judge(DoctorEvidence evidence)
    {
        var host = evidence.Host;
        var moved = host.Guard.Moved.Count;
        yield return Controls.Judge(
            [
                .. host.PlantedControls,
                .. evidence
                    .LinesOf(this)
                    .Where(line => line.StartsWith("renamed ", StringComparison.Ordinal))
                    .Select(line => $"the box {line}"),
            ],
            "hooks, config, attributes, a rename tried: no trace"
        );
        yield return Nested.Judge(
            host.NestedRepositoryIsThere ? ["evil/.git is where the box put it"] : [],
            moved > 0 ? "one made, and moved away when the box had ended" : "none could be made"
        );
        var committed = evidence.LinesOf(this).Contains("committed", StringComparer.Ordinal);
        yield return !committed && host.CommittedPaths.Count == 0
            ? Decoys.NotProved("git did not commit in the box")
            : Decoys.Judge(
                [.. host.CommittedPaths.Where(path => path == DoctorPlants.Tracked).Select(path => $"a commit changed {path}")],
                "everything added and committed: it is as it was"
            );
        yield return host.CommittedPaths.Contains(DoctorPlants.Readme, StringComparer.Ordinal)
            ? Works.Held("its commit is there")
            : Works.Failed("the host finds no commit of the box");
    }
}
