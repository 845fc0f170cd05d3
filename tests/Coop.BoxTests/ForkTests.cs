using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class ForkTests
{
    private const string Commit = "git add --all && git commit --quiet --message=work";

    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task An_agent_works_in_a_fork_and_its_work_is_reviewed_and_landed(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await CreateAsync(rig, owner);
        await repository.WriteAsync(".env", "TOKEN=marked-value\n");
        var run = await Agent(
                repository,
                $"pwd; cat .env 2>&1; echo more > more; {Commit}; git log --format=%s; git status --short",
                "f1"
            )
            .RunAsync();
        Assert.Equal($"{repository.DirectoryPath}-forks/f1", run.Succeeded().Lines[0]);
        Assert.DoesNotContain("marked-value", run.Out, StringComparison.Ordinal);
        Assert.Equal(["work", "first"], run.Lines.TakeLast(2));
        var review = (await repository.Coop("fork", "review", "f1").RunAsync()).Succeeded();
        Assert.Contains("Fork 'f1': 1 commit for main, 1 file, +1 -0.", review.Out, StringComparison.Ordinal);
        (await repository.Coop("fork", "merge", "f1", "--yes", "--rm").RunAsync()).Succeeded();
        Assert.Equal("work\nfirst\n", (await repository.GitAsync("log", "--format=%s")).Out);
        Assert.Equal("?? .env\n", (await repository.GitAsync("status", "--porcelain")).Out);
        foreach (var file in (string[])["more", ".git/index"])
        {
            Assert.Equal(repository.OwnerUid, await repository.OwnerOfAsync(file));
        }

        // Who owns the repository goes on in it.
        await repository.WriteAsync("later", "later\n");
        await repository.GitAsync("add", "later");
        await repository.GitAsync("commit", "--quiet", "--message=later");
        Assert.Equal(
            [".coop"],
            Directory.EnumerateFileSystemEntries(repository.DirectoryPath + "-forks").Select(Path.GetFileName)
        );
        Assert.Empty(await repository.ContainersAsync());
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_queue_lands_what_is_green_and_stops_at_what_is_not(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig);
        (await Agent(repository, $"echo green > README.md; {Commit}", "green").RunAsync()).Succeeded();
        (await Agent(repository, $"echo other > README.md; {Commit}", "conflict").RunAsync()).Succeeded();
        (await Agent(repository, $"echo x > bad; {Commit}", "red").RunAsync()).Succeeded();
        var queue = repository.Coop("fork", "merge", "--all", "--yes").Environment("COOP_GATE", "sh -c 'test ! -e bad'");
        var first = (await queue.RunAsync()).Ended(1);
        Assert.Contains("Landed: green. Failed: conflict. Waiting: red.", first.Error, StringComparison.Ordinal);
        (await repository.Coop("fork", "rm", "conflict", "--force").RunAsync()).Succeeded();
        var second = (await queue.RunAsync()).Ended(1);
        Assert.Contains("The gate is red for fork 'red'", second.Error, StringComparison.Ordinal);
        Assert.Contains("Landed: none. Failed: red. Waiting: none.", second.Error, StringComparison.Ordinal);
        Assert.Equal(
            "green\n",
            await File.ReadAllTextAsync(repository.PathOf("README.md"), TestContext.Current.CancellationToken)
        );
        Assert.Equal("work\nfirst\n", (await repository.GitAsync("log", "--format=%s")).Out);
        Assert.Equal("", (await repository.GitAsync("status", "--porcelain")).Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_pair_that_is_green_alone_and_red_together_does_not_land(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig);
        (await Agent(repository, $"echo x > left; {Commit}", "one").RunAsync()).Succeeded();
        (await Agent(repository, $"echo x > right; {Commit}", "two").RunAsync()).Succeeded();
        const string Gate = "sh -c '! { test -e left && test -e right; } && test -z \"$MARKED_KEY\"'";
        await WriteKeyAsync(repository);
        foreach (var name in (string[])["one", "two"])
        {
            (
                await repository.Coop("fork", "review", name, "--stat", "--gate").Environment("COOP_GATE", Gate).RunAsync()
            ).Succeeded();
        }

        var result = (await repository.Coop("fork", "merge", "--all", "--yes").Environment("COOP_GATE", Gate).RunAsync()).Ended(
            1
        );
        Assert.Contains("Landed: one. Failed: two. Waiting: none.", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(repository.PathOf("right")));
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_hostile_fork_is_entered_again_without_running_what_it_planted(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig);
        (await Agent(repository, "true", "f1").RunAsync()).Succeeded();
        var fork = repository.DirectoryPath + "-forks/f1";
        var canary = Path.Combine(repository.RootDirectory, "owner", "canary");
        foreach (var key in (string[])["core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process"])
        {
            await repository.GitInAsync(fork, "config", key, $"touch '{canary}'");
        }

        await File.WriteAllTextAsync(
            Path.Combine(fork, ".gitattributes"),
            "* filter=evil\n",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(Path.Combine(fork, ".env"), "SECRET=1\n", TestContext.Current.CancellationToken);
        (await Agent(repository, "true", "f1").RunAsync()).Succeeded();
        foreach (
            var words in (string[][])
                [
                    ["ls"],
                    ["review", "f1"],
                    ["merge", "f1", "--yes"],
                    ["logs", "f1"],
                    ["path", "f1"],
                    ["stop", "f1"],
                ]
        )
        {
            await repository.Coop(["fork", .. words]).RunAsync();
        }

        (await repository.Coop("fork", "rm", "f1", "--force").RunAsync()).Succeeded();
        Assert.False(File.Exists(canary));
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_fork_is_one_cooperators_at_a_time_and_can_be_stopped(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig);
        await using var running = Agent(repository, "echo started; sleep 300", "f1").Start();
        await running.WaitForOutAsync("started", TimeSpan.FromSeconds(60));
        var second = (await repository.Coop("fork", "review", "f1").RunAsync()).Ended(1);
        Assert.Contains("Fork 'f1' is in use: claude, process ", second.Error, StringComparison.Ordinal);
        Assert.Contains(
            "running (claude)",
            (await repository.Coop("fork", "ls").RunAsync()).Succeeded().Out,
            StringComparison.Ordinal
        );
        (await repository.Coop("fork", "rm", "f1").RunAsync()).Ended(1);
        (await repository.Coop("fork", "stop", "f1").RunAsync()).Succeeded();
        Assert.Equal(143, (await running.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode);
        Assert.Empty(await repository.ContainersAsync());
    }

    [Fact]
    public async Task A_merge_that_is_killed_at_any_write_leaves_what_the_next_command_puts_right()
    {
        BoxRig rig = new(Engine.Bwrap, CallerKind.Root);
        await using var repository = await CreateAsync(rig);
        var script = Path.Combine(CoopUnderTest.RepositoryRoot, "bench/crash.py");
        var run = new ProgramRun(rig.Account, ["python3", "-B", script, CoopUnderTest.ExecutablePath, "16", "5"])
        {
            Variables = rig.EngineVariables,
            Limit = TimeSpan.FromMinutes(5),
        };
        Assert.Contains(": 0 bad;", (await run.RunAsync()).Succeeded().Out, StringComparison.Ordinal);
    }

    // Forks lie beside the repository, so its parent belongs to who makes them.
    private static Task<TemporaryRepository> CreateAsync(BoxRig rig, TreeOwner owner = TreeOwner.Caller) =>
        TemporaryRepository.CreateAsync(rig, owner, "owner/project");

    private static ProgramRun Agent(TemporaryRepository repository, string script, string fork) =>
        repository.Coop("fork", fork, "claude", "--", "-c", script).Environment("COOP_CLAUDE_CMD", "sh");

    private static async Task WriteKeyAsync(TemporaryRepository repository)
    {
        var directory = Path.Combine(repository.HomeDirectory, ".config/coop/agents");
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "env"), "MARKED_KEY=1\n", TestContext.Current.CancellationToken);
    }
}
