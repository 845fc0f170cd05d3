using System.Globalization;
using System.Text.Json;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class ForkLoopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    // Does what its task's title says; `git` of the host would run what it plants.
    private const string Agent = """
        for prompt; do :; done
        mark() { sed -i "s/^- \[w\]/- [$1]/" .agent/TASKS.md; }
        save() { git add --all && git commit --quiet --message="$1"; }
        case "$prompt" in
        "Other agents"*)
            for n in $(printf '%s\n' "$prompt" | sed -n 's/^Task \([0-9]*\):.*/\1/p'); do
                echo "{\"task\": $n, \"holds\": true, \"reason\": \"looked at $n\"}"
            done ;;
        *"It lies"*) mark x ;;
        *"It asks"*) echo "- Which colour?" >> .agent/PENDING_DECISIONS.md; mark B ;;
        *"It waits"*)
            if [ ! -e waited ]; then echo half > waited; echo now-waiting; sleep "$(cat marker)"; fi
            save waited; mark x ;;
        *"It talks for ever"*)
            words=$(printf '%01000d' 7)
            yes '{"type":"assistant","message":{"content":[{"type":"text","text":"'"$words"'"}]}}' | head -c 120M
            echo talked > talked.txt; save talked; mark x ;;
        *"It leaves the branch"*)
            git checkout --quiet -B other; date +%N > other.txt; save other; mark x ;;
        *"It plants"*)
            for key in core.fsmonitor core.hooksPath filter.evil.clean filter.evil.smudge filter.evil.process; do
                git config --file .git/config "$key" "touch '$(cat canary)'"
            done
            printf '* filter=evil\n' > .gitattributes
            echo /tmp > .git/objects/info/alternates
            mkdir -p nested/.git && printf '[core]\n\tfsmonitor = touch %s\n' "$(cat canary)" > nested/.git/config
            git update-index --add --cacheinfo 160000,1234567890123456789012345678901234567890,gitlink
            git commit --quiet --message=gitlink
            echo planted > planted.txt; git add planted.txt 2>&1; git commit --quiet --message=plants; mark x ;;
        *) echo work > "did-$(date +%N).txt"; save work; mark x ;;
        esac
        """;

    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task A_queue_is_worked_in_a_fork_while_the_users_tree_stays_as_it_is(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await CreateAsync(rig, owner);
        await repository.WriteAsync("mine.md", Queue("Honest one", "It lies", "It asks"));
        await repository.WriteAsync("README.md", "the user works here\n");
        var before = (await repository.GitAsync("status", "--porcelain")).Out;
        var run = (await Loop(repository, "f1", "claude", "--loop", "-t", "mine.md").RunAsync()).Ended(3);
        Assert.Equal("xBB", Letters(await ReadForkQueueAsync(repository, "f1")));
        Assert.Equal("   ", Letters(await File.ReadAllTextAsync(repository.PathOf("mine.md"), Token)));
        Assert.Equal(before, (await repository.GitAsync("status", "--porcelain")).Out);
        Assert.Contains("See what was done: coop fork f1 --loop --report", run.Error, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(
            (await repository.Coop("fork", "f1", "--loop", "--report", "--json").RunAsync()).Succeeded().Out
        );
        Assert.Equal("f1", report.RootElement.GetProperty("fork").GetString());
        var tasks = report.RootElement.GetProperty("tasks").EnumerateArray().ToList();
        Assert.Equal(["done", "blocked", "blocked"], tasks.Select(task => task.GetProperty("state").GetString()));
        Assert.Contains("nothing was committed", tasks[1].GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("Which colour?", tasks[2].GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, tasks[0].GetProperty("gate").GetInt32());
        Assert.Empty(await repository.ContainersAsync());

        // Reviewed and landed as any fork's work; the queue itself stays out of it.
        await repository.GitAsync("checkout", "--", "README.md");
        var review = (await repository.Coop("fork", "review", "f1", "--stat").RunAsync()).Succeeded();
        Assert.DoesNotContain("TASKS.md", review.Out, StringComparison.Ordinal);
        (await repository.Coop("fork", "merge", "f1", "--yes").RunAsync()).Succeeded();
        Assert.Equal("work", (await repository.GitAsync("log", "-1", "--format=%s")).Out.Trim());

        // Nobody has answered the question yet.
        Assert.Contains(
            "Fork 'f1' has uncommitted work ('.agent/')",
            (await repository.Coop("fork", "rm", "f1").RunAsync()).Ended(1).Error,
            StringComparison.Ordinal
        );
        (await repository.Coop("fork", "rm", "f1", "--force").RunAsync()).Succeeded();
        Assert.Equal([".coop"], Directory.EnumerateFileSystemEntries(Forks(repository)).Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task In_the_background_it_outlives_who_started_it_and_is_followed_stopped_and_resumed(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig);
        await repository.WriteAsync("mine.md", Queue("It waits", "Honest two"));
        var started = (await Loop(repository, "f1", "claude", "--loop", "--detach", "--tasks", "mine.md").RunAsync()).Succeeded();
        Assert.Equal("", started.Out);
        Assert.Matches(
            "^coop: Fork 'f1' is worked in the background, process [0-9]+\\. Follow: coop fork logs f1 -f\\. End: coop fork stop f1\n$",
            started.Error
        );
        await using (var logs = repository.Coop("fork", "logs", "f1", "--follow").Start())
        {
            await logs.WaitForOutAsync("now-waiting", Limit);
        }

        foreach (
            var words in (string[][])
                [
                    ["f1", "--loop", "-d"],
                    ["f1", "--loop"],
                    ["f1"],
                    ["merge", "f1"],
                    ["rm", "f1"],
                ]
        )
        {
            var refused = (await Loop(repository, words).RunAsync()).Ended(1);
            Assert.Contains("Fork 'f1' is in use: loop with claude, process ", refused.Error, StringComparison.Ordinal);
        }

        Assert.Contains(
            "running (loop with claude)",
            (await repository.Coop("fork", "ls").RunAsync()).Out,
            StringComparison.Ordinal
        );
        (await repository.Coop("fork", "stop", "f1").RunAsync()).Succeeded();
        Assert.Equal("  ", Letters(await ReadForkQueueAsync(repository, "f1")));
        Assert.Empty(await repository.ContainersAsync());

        // The next one finds the half of the work, and needs no file.
        (await Loop(repository, "f1", "--loop").RunAsync()).Succeeded();
        Assert.Equal("xx", Letters(await ReadForkQueueAsync(repository, "f1")));
        Assert.Contains(
            "+1 -0  'waited'",
            (await repository.Coop("fork", "review", "f1", "--stat").RunAsync()).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_what_is_said_in_the_background_only_the_newest_is_kept()
    {
        await using var repository = await CreateAsync(new BoxRig(Engine.Bwrap, CallerKind.Ordinary));
        await repository.WriteAsync("mine.md", Queue("It talks for ever"));
        (await Loop(repository, "f1", "claude", "--loop", "--detach", "-t", "mine.md").RunAsync()).Succeeded();
        var state = Path.Combine(Forks(repository), ".coop");
        await Eventually.TrueAsync(
            () => File.Exists(Path.Combine(state, "f1.log")) && Tail(Path.Combine(state, "f1.log")).Contains("loop ended with 0"),
            Limit,
            () => Tail(Path.Combine(state, "f1.log"))
        );
        var parts = Directory.GetFiles(state, "f1.log*").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["f1.log", "f1.log.1"], parts.Select(Path.GetFileName));
        Assert.InRange(parts.Sum(path => new FileInfo(path).Length), 33 << 20, 65 << 20);
        using var before = File.OpenText(parts[1]);
        Assert.StartsWith("coop: part 3 of this log; ", await before.ReadLineAsync(Token), StringComparison.Ordinal);
        Assert.Contains("See what was done: coop fork f1 --loop --report\n", Tail(parts[0]), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Killed_in_the_background_it_leaves_no_box_and_the_next_one_goes_on(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig);
        await repository.WriteAsync("mine.md", Queue("It waits", "Honest two"));
        var started = (await Loop(repository, "f1", "claude", "--loop", "-d", "-t", "mine.md").RunAsync()).Succeeded();
        var process = int.Parse(started.Error.Split("process ")[1].Split('.')[0], CultureInfo.InvariantCulture);
        await Eventually.TrueAsync(
            () => File.Exists(Path.Combine(Forks(repository), "f1/waited")),
            Limit,
            () => "the agent is at work"
        );
        HostSignal.Kill.SendTo(process);
        var marker = (await File.ReadAllTextAsync(repository.PathOf("marker"), Token)).Trim();
        await Eventually.TrueAsync(() => HostProcesses.With(marker).Count == 0, Limit, () => "the box has ended");
        Assert.Contains(
            "It was killed; the next loop goes on where it stood.",
            (await repository.Coop("fork", "f1", "--loop", "--report").RunAsync()).Succeeded().Out,
            StringComparison.Ordinal
        );
        var again = (await Loop(repository, "f1", "--loop", "-t", "mine.md").RunAsync()).Succeeded();
        Assert.Contains("The last loop was killed; this one goes on where it stood.", again.Error, StringComparison.Ordinal);
        Assert.Equal("xx", Letters(await ReadForkQueueAsync(repository, "f1")));
        Assert.Empty(await repository.ContainersAsync());
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task What_a_hostile_fork_plants_neither_runs_nor_proves_anything(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig);
        var canary = Path.Combine(repository.RootDirectory, "owner", "canary");
        await repository.WriteAsync("mine.md", Queue("It plants", "Honest two"));
        await repository.WriteAsync("canary", canary);
        await repository.GitAsync("add", "canary");
        await repository.GitAsync("commit", "--quiet", "--message=canary");
        await Loop(repository, "f1", "claude", "--loop", "-t", "mine.md").RunAsync();
        await repository.Coop("fork", "review", "f1").RunAsync();
        await repository.Coop("fork", "merge", "f1", "--yes").RunAsync();
        (await repository.Coop("fork", "rm", "f1", "--force").RunAsync()).Succeeded();
        Assert.False(File.Exists(canary));
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Work_beside_the_branch_does_not_count_however_often_it_is_tried(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig);
        await repository.WriteAsync("mine.md", Queue("It leaves the branch"));
        var run = (await Loop(repository, "f1", "claude", "--loop", "-t", "mine.md").RunAsync()).Ended(1);
        Assert.Contains("The history is not what it was, twice: HEAD stands beside", run.Error, StringComparison.Ordinal);
        Assert.Equal(" ", Letters(await ReadForkQueueAsync(repository, "f1")));
    }

    private static string Tail(string path)
    {
        using var file = File.OpenRead(path);
        file.Seek(-Math.Min(file.Length, 4096), SeekOrigin.End);
        using StreamReader reader = new(file);
        return reader.ReadToEnd();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Forks(TemporaryRepository repository) => repository.DirectoryPath + "-forks";

    private static string Letters(string queue) =>
        string.Concat(queue.Split('\n').Where(line => line.StartsWith("- [", StringComparison.Ordinal)).Select(line => line[3]));

    private static string Queue(params string[] titles) => string.Concat(titles.Select(title => $"- [ ] {title}\n  Its body.\n"));

    private static ProgramRun Loop(TemporaryRepository repository, params string[] words) =>
        repository
            .Coop(["fork", .. words])
            .Environment("COOP_CLAUDE_CMD", "sh agent.sh")
            .Environment("COOP_GATE", "test -e agent.sh")
            .WithLimit(Limit);

    private static Task<string> ReadForkQueueAsync(TemporaryRepository repository, string name) =>
        File.ReadAllTextAsync(Path.Combine(Forks(repository), name, ".agent/TASKS.md"), Token);

    // Forks lie beside the repository, so its parent belongs to who makes them.
    private static async Task<TemporaryRepository> CreateAsync(BoxRig rig, TreeOwner owner = TreeOwner.Caller)
    {
        var repository = await TemporaryRepository.CreateAsync(rig, owner, "owner/project");
        await repository.WriteAsync("agent.sh", Agent);
        await repository.WriteAsync("marker", HostProcesses.NewMarker());
        await repository.GitAsync("add", "--all");
        await repository.GitAsync("commit", "--quiet", "--message=agent");
        return repository;
    }
}
