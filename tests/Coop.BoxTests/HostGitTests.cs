using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>Nothing that a box leaves in a repository makes git run it on the host; ordinary work with git passes.</summary>
public class HostGitTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Planted_hooks_and_programs_do_not_run_on_the_host(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var canary = Path.Combine(repository.RootDirectory, "canary");
        var plant = $$"""
            trip="touch {{canary}}"
            for hook in pre-commit post-commit post-checkout reference-transaction post-index-change; do
              printf '#!/bin/sh\n%s\n' "$trip" > .git/hooks/$hook; chmod +x .git/hooks/$hook
            done
            git config core.fsmonitor "$trip; :"; git config --file .git/config.worktree core.fsmonitor "$trip; :"
            echo "* filter=x" > .git/info/attributes; echo ../evil > .git/commondir
            git init -q evil; git -C evil config core.fsmonitor "$trip; :"
            mv .git .git2; mkdir .git; true
            """;
        (await repository.Shell($"({plant}) 2>/dev/null").RunAsync()).Succeeded();
        await repository.GitAsync("status");
        await repository.GitAsync("commit", "--quiet", "--allow-empty", "--message=mine");
        await repository.GitInAsync(repository.PathOf("evil"), "status");
        Assert.False(File.Exists(canary));
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Credentials_of_the_configuration_stay_outside_and_intact(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await repository.GitAsync("remote", "add", "origin", "https://ada:hunter22@git.example.org/x.git");
        await repository.GitAsync("config", "http.https://git.example.org/.extraheader", "AUTHORIZATION: basic hunter22");
        var result = (
            await repository.Shell("git remote -v; cat .git/config; grep -r hunter22 .git; git config --list").RunAsync()
        ).Succeeded();
        Assert.Contains("https://git.example.org/x.git", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", result.Out, StringComparison.Ordinal);
        Assert.Contains("hunter22", (await repository.GitAsync("remote", "get-url", "origin")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Ordinary_work_with_git_passes_and_stays(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        const string Work = """
            set -e; base=$(git symbolic-ref --short HEAD)
            git checkout --quiet -b feature; echo one > one; git add one; git commit --quiet --message=one
            echo dirty >> README.md; git stash --quiet; git stash pop --quiet; git checkout --quiet -- README.md
            git checkout --quiet $base; echo two > two; git add two; git commit --quiet --message=two
            git rebase --quiet $base feature; git checkout --quiet $base; git cherry-pick feature > /dev/null
            git worktree add --quiet inside feature; git -C inside status --short; git init --quiet nested
            """;
        var result = (await repository.Shell(Work).RunAsync()).Succeeded();
        Assert.DoesNotContain("moved away", result.Error, StringComparison.Ordinal);
        Assert.Contains("inside", (await repository.GitAsync("worktree", "list")).Out, StringComparison.Ordinal);
        Assert.Equal("3\n", (await repository.GitAsync("rev-list", "--count", "HEAD")).Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_killed_coop_s_comparison_is_made_by_the_next_one(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var run = repository.Shell("echo ../evil > .git/commondir; touch ready; sleep 300").Start();
        await Eventually.TrueAsync(
            () => Task.FromResult(File.Exists(repository.PathOf("ready"))),
            TimeSpan.FromSeconds(30),
            () => "the box runs"
        );
        run.Signal(HostSignal.Kill);
        await run.WaitAsync(TimeSpan.FromSeconds(30));
        var next = (await repository.Shell("true").RunAsync()).Succeeded();
        Assert.Contains("moved away", next.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(repository.PathOf(".git/commondir")));
    }
}
