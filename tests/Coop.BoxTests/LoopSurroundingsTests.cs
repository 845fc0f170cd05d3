using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>What a loop's boxes have around them, and what it says of that and of what its agents used.</summary>
public class LoopSurroundingsTests
{
    public static TheoryData<BoxRig> Engines =>
        [
            new BoxRig(Engine.Docker, CallerKind.Root),
            new BoxRig(Engine.Podman, CallerKind.Ordinary),
            new BoxRig(Engine.Bwrap, CallerKind.Ordinary),
        ];

    public static TheoryData<BoxRig> ContainerEngines =>
        [new BoxRig(Engine.Docker, CallerKind.Root), new BoxRig(Engine.Podman, CallerKind.Ordinary)];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_agents_clock_shows_utc_whatever_the_user_set(BoxRig rig)
    {
        await using var scene = await LoopScene.CreateAsync(
            rig,
            """*"It tells the time"*) echo "zone=$TZ"; work told ;;""",
            "It tells the time"
        );
        await WriteSettingAsync(scene, "TZ=America/New_York\n");
        var run = scene.Loop();
        run = rig.HasContainers ? run.Environment("COOP_RUN_ARGS", "--env TZ=America/New_York") : run;
        Assert.Contains("  zone=UTC0\n", (await run.RunAsync()).Succeeded().Error, StringComparison.Ordinal);
    }

    // Bubblewrap's boxes have what the host has.
    [Theory]
    [MemberData(nameof(ContainerEngines))]
    public async Task That_a_box_goes_without_its_tools_is_said_once_a_loop(BoxRig rig)
    {
        await using var scene = await LoopScene.CreateAsync(rig, "", "One", "Two");
        await scene.Repository.WriteAsync(".tool-versions", "coop-no-such-tool 1.0\n");
        await scene.Repository.GitAsync("add", ".tool-versions");
        await scene.Repository.GitAsync("commit", "--quiet", "--message=tools");
        var said = (await scene.Loop().RunAsync()).Succeeded().Error;
        Assert.Equal("xx", await scene.LettersAsync());
        Assert.Equal(2, said.Split("the box has neither mise nor asdf").Length);
        Assert.DoesNotContain("installing", said, StringComparison.Ordinal);

        var baked = scene.Repository.Coop("run", "--", "true").Environment("COOP_RUN_ARGS", "--env MISE_DATA_DIR=/opt/tools");
        Assert.Contains("the image has tools of its own", (await baked.RunAsync()).Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_tasks_that_it_works_at_are_counted()
    {
        BoxRig rig = new(Engine.Bwrap, CallerKind.Ordinary);
        await using var scene = await LoopScene.CreateAsync(rig, "", "Example", "Done before", "One", "Two");
        var queue = await File.ReadAllTextAsync(scene.QueuePath, TestContext.Current.CancellationToken);
        queue = queue.Replace("[ ] Example", "[E] Example", StringComparison.Ordinal);
        await scene.Repository.WriteAsync(".agent/TASKS.md", queue.Replace("[ ] Done", "[x] Done", StringComparison.Ordinal));
        await scene.Repository.GitAsync("commit", "--quiet", "--all", "--message=states");
        Assert.Contains(
            "Open tasks: 2 of 3\n",
            (await scene.Loop("--dry-run").RunAsync()).Succeeded().Out,
            StringComparison.Ordinal
        );
        var said = (await scene.Loop().RunAsync()).Succeeded().Error;
        Assert.Contains("coop: Task 3 (1 of 2) with claude: One\n", said, StringComparison.Ordinal);
        Assert.Contains("coop: Task 4 (2 of 2) with claude: Two\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_turn_of_codex_that_a_limit_cuts_off_the_tokens_are_said_not_to_be_known()
    {
        BoxRig rig = new(Engine.Bwrap, CallerKind.Ordinary);
        await using var scene = await LoopScene.CreateAsync(rig, "", "Honest");
        await scene.Repository.WriteAsync(
            "codex.sh",
            """
            echo '{"type":"thread.started","thread_id":"01a208cc-160d-7830-850e-7037dce9088b"}'
            echo '{"type":"turn.failed","error":{"message":"You’ve hit your usage limit. Or try again at Nov 28th, 2099 4:23 PM."}}'
            exit 1

            """
        );
        await scene.Repository.GitAsync("add", "codex.sh");
        await scene.Repository.GitAsync("commit", "--quiet", "--message=codex");
        var loop = scene.Repository.Coop("loop", "codex", "claude");
        loop = loop.Environment("COOP_CLAUDE_CMD", "sh agent.sh").Environment("COOP_CODEX_CMD", "sh codex.sh");
        (await loop.RunAsync()).Succeeded();
        var page = (await scene.Repository.Coop("loop", "--report").RunAsync()).Succeeded().Out;

        // The scripted Claude tells none either.
        Assert.Contains("3 agent runs, 0 tokens and 3 runs that told none, ", page, StringComparison.Ordinal);
    }

    private static async Task WriteSettingAsync(LoopScene scene, string text)
    {
        var directory = Path.Combine(scene.Repository.HomeDirectory, ".config/coop/agents");
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "env"), text, TestContext.Current.CancellationToken);
    }
}
