using System.Text.Json;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class LoopTests
{
    // Does what its task's title says; as an auditor it doubts one task once.
    private const string Agent = """
        for prompt; do :; done
        count() { echo x >> ".count-$1"; wc -l < ".count-$1"; }
        mark() { sed -i "s/^- \[w\]/- [$1]/" .agent/TASKS.md; }
        save() { git add --all -- . ':!.agent' && git commit --quiet --message="$1"; }
        work() { n=$(count work); echo "$n" > "work$n.txt"; save "work $n"; mark x; }
        case "$prompt" in
        "Other agents"*)
            for n in $(printf '%s\n' "$prompt" | sed -n 's/^Task \([0-9]*\):.*/\1/p'); do
                holds=true
                if [ "$n" = 7 ] && [ "$(count audit)" = 1 ]; then holds=false; fi
                echo "{\"task\": $n, \"holds\": $holds, \"reason\": \"looked at $n\"}"
            done ;;
        *"It fails"*) exit 1 ;;
        *"It lies"*) mark x ;;
        *"It asks"*) echo "- Which colour?" >> .agent/PENDING_DECISIONS.md; mark B ;;
        *"It meets a limit"*)
            if [ "$(count limit)" = 1 ]; then
                echo '{"type":"rate_limit_event","rate_limit_info":{"status":"rejected","resetsAt":'$(($(date +%s) + 3))',"rateLimitType":"five_hour"}}'
                echo '{"type":"result","subtype":"success","is_error":true,"api_error_status":429,"result":"no more"}'
                exit 1
            fi
            work ;;
        *"It weakens a test"*) printf 'exit 0\n' > test.sh; save weaker; mark x ;;
        *"It does another's work"*) sed -i 's/^- \[ \]/- [x]/' .agent/TASKS.md; work ;;
        *) work ;;
        esac
        """;

    private static readonly string[] Titles =
    [
        "Honest one",
        "Honest two",
        "It fails",
        "It lies",
        "It asks",
        "It meets a limit",
        "Doubted once",
        "It weakens a test",
        "It does another's work",
        "Honest ten",
        "Honest eleven",
        "Honest twelve",
    ];

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_night_with_good_and_bad_agents_ends_with_an_honest_page(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig, Queue(Titles));
        var run = (await Loop(repository, "sh test.sh").RunAsync()).Ended(3);
        Assert.Equal("xxBBBxxxxxxx", Letters(await ReadQueueAsync(repository)));
        Assert.Contains("is refused: the five-hour limit is reached", run.Error, StringComparison.Ordinal);
        using var report = JsonDocument.Parse((await repository.Coop("loop", "--report", "--json").RunAsync()).Succeeded().Out);
        var tasks = report.RootElement.GetProperty("tasks").EnumerateArray().ToList();
        Assert.Equal(Titles, tasks.Select(task => task.GetProperty("title").GetString()));
        Assert.Equal([1, 1, 5, 3, 1, 2, 2, 1, 1, 1, 1, 1], tasks.Select(task => task.GetProperty("tries").GetInt32()));
        Assert.Equal([6], Numbers(tasks, task => task.GetProperty("reopened").GetInt32() > 0));
        Assert.Equal([2, 3, 4], Numbers(tasks, task => task.GetProperty("state").GetString() == "blocked"));
        Assert.Contains("Which colour?", tasks[4].GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("nothing was committed", tasks[3].GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("test.sh", tasks[7].GetProperty("findings").ToString(), StringComparison.Ordinal);
        Assert.Contains("marked by the agent of task 9", tasks[8].GetProperty("undone").ToString(), StringComparison.Ordinal);
        Assert.Equal(0, tasks[0].GetProperty("gate").GetInt32());
        Assert.Single(report.RootElement.GetProperty("limits").EnumerateArray());
        var page = (await repository.Coop("loop", "--report").RunAsync()).Succeeded().Out;
        Assert.Contains("Task 5 waits for you: - Which colour?", page, StringComparison.Ordinal);
        Assert.Equal("", (await repository.GitAsync("status", "--porcelain", "--", ":!.agent")).Out);
        Assert.Empty(await repository.ContainersAsync());
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_red_gate_is_no_done_task(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig, Queue("Honest one"));
        var run = (await Loop(repository, "sh -c 'echo marked-reason; test ! -e work1.txt'").RunAsync()).Ended(3);
        Assert.Equal("B", Letters(await ReadQueueAsync(repository)));
        Assert.Contains("is red, exit code 1: marked-reason", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_dirty_tree_is_refused(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig, Queue("Honest one"));
        await repository.WriteAsync("mine", "mine\n");
        var dirty = (await Loop(repository, "").RunAsync()).Ended(2);
        Assert.Contains("not committed ('mine')", dirty.Error, StringComparison.Ordinal);
        Assert.Equal(" ", Letters(await ReadQueueAsync(repository)));
    }

    private static IEnumerable<int> Numbers(IReadOnlyList<JsonElement> tasks, Func<JsonElement, bool> isMeant) =>
        tasks.Select((task, index) => (task, index)).Where(pair => isMeant(pair.task)).Select(pair => pair.index);

    private static string Letters(string queue) =>
        string.Concat(queue.Split('\n').Where(line => line.StartsWith("- [", StringComparison.Ordinal)).Select(line => line[3]));

    private static string Queue(params string[] titles) => string.Concat(titles.Select(title => $"- [ ] {title}\n  Its body.\n"));

    private static ProgramRun Loop(TemporaryRepository repository, string gate) =>
        repository.Coop("loop", "claude").Environment("COOP_CLAUDE_CMD", "sh agent.sh").Environment("COOP_GATE", gate);

    private static Task<string> ReadQueueAsync(TemporaryRepository repository) =>
        File.ReadAllTextAsync(repository.PathOf(".agent/TASKS.md"), TestContext.Current.CancellationToken);

    private static async Task<TemporaryRepository> CreateAsync(BoxRig rig, string queue)
    {
        var repository = await TemporaryRepository.CreateAsync(rig, TreeOwner.Caller, "owner/project");
        await repository.WriteAsync("agent.sh", Agent);
        await repository.WriteAsync("test.sh", "test -e agent.sh || exit 1\n");
        await repository.WriteAsync(".gitignore", ".count-*\n");
        await repository.WriteAsync(".agent/TASKS.md", queue);
        await repository.GitAsync("add", "--all");
        await repository.GitAsync("commit", "--quiet", "--message=queue");
        return repository;
    }
}
