using System.Text.Json;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>Agents that stray, stall, or take the queue away: each is told apart, and a second try can still do the task.</summary>
public class LoopAgentTests
{
    private static readonly BoxRig Rig = new(Engine.Bwrap, CallerKind.Ordinary);

    [Fact]
    public async Task What_strays_from_the_branch_or_takes_the_queue_away_does_not_count_and_can_be_mended()
    {
        const string Cases = """
            *"It resets"*)
                if first reset; then work reset; git reset --quiet --hard HEAD~1; sed -i 's/^- \[.\] It resets/- [x] It resets/' .agent/TASKS.md; exit; fi
                work mended ;;
            *"It rewrites"*)
                if first rewrite; then git rev-parse HEAD > .seen-head; git reset --quiet --soft HEAD~1; work rewritten; exit; fi
                git reset --quiet --hard "$(cat .seen-head)"; sed -i 's/^- \[ \] It rewrites/- [w] It rewrites/' .agent/TASKS.md; work mended ;;
            *"It detaches"*)
                if first detach; then git checkout --quiet --detach; work detached; exit; fi
                git checkout --quiet main; work mended ;;
            *"It branches"*)
                if first branch; then git checkout --quiet -b mine; work branched; exit; fi
                git checkout --quiet main; work mended ;;
            *"It takes the queue: "*)
                work taken
                case "$prompt" in
                *"deleted"*) how=deleted; act() { rm .agent/TASKS.md; } ;;
                *"emptied"*) how=emptied; act() { : > .agent/TASKS.md; } ;;
                *"pipe"*) how=pipe; act() { rm .agent/TASKS.md; mkfifo .agent/TASKS.md; } ;;
                *"link"*) how=link; act() { ln -sf "$HOME/.bashrc" .agent/TASKS.md; } ;;
                *"directory"*) how=directory; act() { rm .agent/TASKS.md; mkdir .agent/TASKS.md; } ;;
                *"large"*) how=large; act() { truncate -s 200M .agent/TASKS.md; } ;;
                esac
                if first $how; then act; fi ;;
            """;
        string[] titles =
        [
            "It resets",
            "It rewrites",
            "It detaches",
            "It branches",
            .. ((string[])["deleted", "emptied", "pipe", "link", "directory", "large"]).Select(how =>
                $"It takes the queue: {how}"
            ),
        ];
        await using var scene = await LoopScene.CreateAsync(Rig, Cases, titles);
        var victim = Path.Combine(scene.Repository.HomeDirectory, ".bashrc");
        await File.WriteAllTextAsync(victim, "mine\n", TestContext.Current.CancellationToken);
        (await scene.Loop().WithLimit(TimeSpan.FromMinutes(3)).RunAsync()).Succeeded();
        Assert.Equal(new string('x', titles.Length), await scene.LettersAsync());
        Assert.Equal("mine\n", await File.ReadAllTextAsync(victim, TestContext.Current.CancellationToken));

        var tasks = (await scene.ReportAsync()).GetProperty("tasks").EnumerateArray().ToList();
        Assert.Equal(titles.Select(_ => 2), tasks.Select(task => task.GetProperty("tries").GetInt32()));
        Assert.Contains("nothing was committed", Words(tasks[0], "problems"), StringComparison.Ordinal);
        Assert.Contains("was rewritten", Words(tasks[1], "problems"), StringComparison.Ordinal);
        Assert.Contains(
            "HEAD stands beside every branch instead of on 'main'",
            Words(tasks[2], "problems"),
            StringComparison.Ordinal
        );
        Assert.Contains("HEAD stands on 'mine' instead of on 'main'", Words(tasks[3], "problems"), StringComparison.Ordinal);
        Assert.Contains("the queue was deleted", Words(tasks[4], "undone"), StringComparison.Ordinal);
        Assert.Contains("10 tasks of the queue removed", Words(tasks[5], "undone"), StringComparison.Ordinal);
        Assert.All(tasks[6..], task => Assert.Contains("'.agent/TASKS.md'", Words(task, "undone"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_that_is_silent_or_busy_for_too_long_is_ended_and_started_anew()
    {
        const string Cases = """
            *"It is silent"*)
                if first silent; then exec sleep 3600; fi
                work spoke ;;
            *"It babbles"*)
                if first babble; then while :; do echo bla; sleep 0.2; done; fi
                work stopped ;;
            """;
        await using var scene = await LoopScene.CreateAsync(Rig, Cases, "It is silent", "It babbles");
        var run = scene.Loop().Environment("COOP_LOOP_SILENCE", "5s").Environment("COOP_LOOP_TASK_TIME", "8s");
        var told = (await run.RunAsync()).Succeeded();
        Assert.Equal("xx", await scene.LettersAsync());
        Assert.Contains("the agent said nothing for too long and was ended", told.Error, StringComparison.Ordinal);
        Assert.Contains("the agent worked for too long and was ended", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_agent_is_not_started_for_ever()
    {
        const string Cases = """
            *"It idles"*) echo x >> .seen-starts ;;
            """;
        await using var scene = await LoopScene.CreateAsync(
            Rig,
            Cases,
            [.. Enumerable.Range(1, 12).Select(number => $"It idles {number}")]
        );
        var told = (await scene.Loop().RunAsync()).Ended(1);
        Assert.Contains("3 tasks in a row were given up and nothing was committed", told.Error, StringComparison.Ordinal);
        Assert.Equal("BBB         ", await scene.LettersAsync());
        var starts = await File.ReadAllLinesAsync(scene.Repository.PathOf(".seen-starts"), TestContext.Current.CancellationToken);
        Assert.Equal(9, starts.Length);
    }

    [Fact]
    public async Task Output_that_is_huge_binary_or_without_an_end_is_taken()
    {
        const string Cases = """
            *"It prints lines"*) yes 'a line of text' | head -c 100M; work lines ;;
            *"It prints no newline"*) head -c 100M /dev/zero | tr '\0' x; work endless ;;
            *"It prints anything"*) head -c 20M /dev/urandom; work binary ;;
            """;
        await using var scene = await LoopScene.CreateAsync(
            Rig,
            Cases,
            "It prints lines",
            "It prints no newline",
            "It prints anything"
        );
        var told = (await scene.Loop().RunAsync()).Succeeded();
        Assert.Equal("xxx", await scene.LettersAsync());
        Assert.DoesNotContain(told.Error, one => char.IsControl(one) && one != '\n');
        Assert.InRange(told.Error.Length, 1, 16 << 20);
    }

    private static string Words(JsonElement task, string name) =>
        string.Join("; ", task.GetProperty(name).EnumerateArray().Select(word => word.GetString()));
}
