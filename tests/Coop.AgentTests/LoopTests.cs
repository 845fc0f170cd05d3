using System.Globalization;
using System.Text.Json;
using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Coop.TestPrograms;
using Xunit;

namespace Coop.AgentTests;

/// <summary>A night of the loop with the agents' real programs: what they print is what Coop counts, believes and waits for.</summary>
public class LoopTests
{
    private const string Commit = "git add --all -- . ':!.agent' && git commit --quiet --message='add hello'";
    private const string Mark = "sed -i 's/^- .w. /- [x] /' .agent/TASKS.md";

    private const string Verdict = """{"task": 1, "holds": true, "reason": "It says hello."}""";

    [Theory]
    [MemberData(nameof(AgentRigs.FirstThree), MemberType = typeof(AgentRigs))]
    public async Task A_task_is_worked_proved_and_audited(BoxRig rig, string agent)
    {
        await using var scene = await CreateAsync(rig);
        scene.Server.Answer(
            new ModelTurn { Text = "I will write.", Write = new(scene.Repository.PathOf("hello.txt"), "hello\n") },
            new ModelTurn { Shell = $"{Commit} && {Mark}" },
            ModelTurn.Say("Task done."),
            new ModelTurn { Shell = "git log --oneline" },
            ModelTurn.Say($"I have looked.\n{Verdict}")
        );
        var run = (await Loop(scene, agent).RunAsync()).Succeeded();
        Assert.Contains("coop: Every task is done.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Task done.", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
        Assert.Equal("- [x] Say hello\n  In hello.txt.\n", await ReadQueueAsync(scene));

        var lines = await LoopRecordLines.ReadAsync(scene.Repository);
        Assert.Equal(["begin", "started", "iteration", "mark", "audit", "held", "end"], lines.Select(line => line.Text("event")));
        var work = Assert.Single(lines.Of("iteration"));
        Assert.Equal(("finished", 0L, "done"), (work.Text("ending"), work.Number("exit"), work.Text("claim")));
        Assert.Equal((await scene.Repository.GitAsync("rev-parse", "HEAD")).Out.Trim(), work.Text("end"));
        Assert.Equal(3 * 1234, work.Number("tokens"));
        Assert.Equal(2 * 1234, Assert.Single(lines.Of("audit")).Number("tokens"));
        await CheckReportAsync(scene, agent, runs: 2, tokens: 5 * 1234);
    }

    public static TheoryData<BoxRig, string> Limited =>
        [.. AgentRigs.FirstThree.Where(row => IsTriedLimited(row.Data.Item1, row.Data.Item2))];

    private static bool IsTriedLimited(BoxRig rig, string agent) => rig.Engine == Engine.Bwrap || agent == "claude";

    [Theory]
    [MemberData(nameof(Limited))]
    public async Task A_limit_in_the_middle_of_a_task_is_waited_out_and_the_conversation_goes_on(BoxRig rig, string agent)
    {
        await using var scene = await CreateAsync(rig);
        if (agent == "claude")
        {
            // With a key the program tells of no window.
            await scene.SignInClaudeAsync();
        }

        DateTimeOffset? reset = null;
        scene.Server.Answer([
            new ModelTurn { Text = "heliotrope", Write = new(scene.Repository.PathOf("hello.txt"), "hello\n") },
            new ModelTurn { Shell = Commit },
            .. Refusal(agent, at => reset = at),
            new ModelTurn { Shell = Mark },
            ModelTurn.Say("Task done."),
            ModelTurn.Say(Verdict),
        ]);
        var run = (await Loop(scene, agent).RunAsync()).Succeeded();
        Assert.Equal("- [x] Say hello\n  In hello.txt.\n", await ReadQueueAsync(scene));
        Assert.Equal("hello\n", (await scene.Repository.GitAsync("show", "HEAD:hello.txt")).Out);
        Assert.Contains($"coop: {agent} is refused: ", run.Error, StringComparison.Ordinal);

        var lines = await LoopRecordLines.ReadAsync(scene.Repository);
        var works = lines.Of("iteration");
        Assert.Equal("limited", works[0].Text("ending"));
        Assert.Equal(("finished", "done"), (works[^1].Text("ending"), works[^1].Text("claim")));
        Assert.Single(works.Select(work => work.Text("session")).Distinct());
        var limit = lines.Of("limit")[^1];
        var until = DateTimeOffset.Parse(limit.Text("until")!, CultureInfo.InvariantCulture);
        if (reset is { } known)
        {
            Assert.InRange(until, known, known + TimeSpan.FromSeconds(agent == "codex" ? 62 : 2));
        }

        // What was said before the limit is known after it.
        var resumed = scene.Server.Requests.Last(request => request.Body.Contains("sed -i", StringComparison.Ordinal));
        Assert.Contains("heliotrope", resumed.Body, StringComparison.Ordinal);
        Assert.Equal(5 * 1234, works.Sum(work => work.Number("tokens")) + Assert.Single(lines.Of("audit")).Number("tokens"));
    }

    // Claude tells the second, Codex the minute in which it is over, Gemini how long to wait after it has tried by itself.
    private static IEnumerable<ModelTurn> Refusal(string agent, Action<DateTimeOffset> told) =>
        agent switch
        {
            "claude" =>
            [
                ModelTurn.Refuse(
                    TimeSpan.FromSeconds(5),
                    reset =>
                    {
                        told(reset);
                        return ModelFailure.AnthropicWindow(reset);
                    }
                ),
            ],
            "codex" =>
            [
                ModelTurn.Refuse(
                    TimeSpan.FromSeconds(8),
                    reset =>
                    {
                        told(reset);
                        return ModelFailure.OpenAiWindow(reset);
                    }
                ),
            ],
            _ => [new ModelTurn { Failure = ModelFailure.GeminiRate(2) }, new ModelTurn { Failure = ModelFailure.GeminiRate(2) }],
        };

    private static async Task CheckReportAsync(AgentScene scene, string agent, int runs, long tokens)
    {
        using var report = JsonDocument.Parse((await scene.Coop("loop", "--report", "--json").RunAsync()).Succeeded().Out);
        var root = report.RootElement;
        Assert.Equal(runs, root.GetProperty("runs").GetInt32());
        Assert.Equal(tokens, root.GetProperty("tokens").GetInt64());

        // Claude says what it costs; of the others only a model whose price is known can be counted.
        Assert.Equal(agent == "codex" ? runs : 0, root.GetProperty("runsOfUnknownCost").GetInt32());
        Assert.Equal(agent == "codex", root.GetProperty("cost").GetDecimal() == 0);
    }

    private static async Task<AgentScene> CreateAsync(BoxRig rig)
    {
        var scene = await AgentScene.CreateAsync(rig);
        await scene.Repository.WriteAsync(".agent/TASKS.md", "- [ ] Say hello\n  In hello.txt.\n");
        await scene.Repository.GitAsync("add", "--all");
        await scene.Repository.GitAsync("commit", "--quiet", "--message=queue");
        return scene;
    }

    private static ProgramRun Loop(AgentScene scene, string agent) =>
        scene.Coop("loop", agent).WithLimit(TimeSpan.FromMinutes(4));

    private static Task<string> ReadQueueAsync(AgentScene scene) =>
        File.ReadAllTextAsync(scene.Repository.PathOf(".agent/TASKS.md"), TestContext.Current.CancellationToken);
}
