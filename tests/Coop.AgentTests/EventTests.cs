using Coop.AgentEvents;
using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Coop.TestPrograms;
using Xunit;

namespace Coop.AgentTests;

/// <summary>What the real programs print of what a provider says, read by the product.</summary>
public class EventTests
{
    private static readonly BoxRig Rig = new(Engine.Bwrap, CallerKind.Ordinary);

    [Theory]
    [InlineData("claude")]
    [InlineData("codex")]
    [InlineData("gemini")]
    [InlineData("qwen")]
    public async Task A_run_tells_its_session_text_tool_usage_and_end(string agent)
    {
        await using var scene = await AgentScene.CreateAsync(Rig);
        scene.Server.Answer(new ModelTurn { Shell = "touch made" }, ModelTurn.Say("All done."));
        var events = Streams.Read(agent, (await scene.Headless(agent, "make a file").RunAsync()).Succeeded().Out);
        Assert.IsType<AgentEvent.Session>(events[0]);
        Assert.Contains(
            events,
            one => one is AgentEvent.ToolUse tool && tool.Detail.Contains("touch made", StringComparison.Ordinal)
        );
        Assert.Equal("All done.", string.Concat(events.OfType<AgentEvent.Text>().Select(text => text.Value)));
        Assert.True(Assert.Single(events.OfType<AgentEvent.Usage>()).Tokens is { Input: >= 2400, Output: >= 68 });
        Assert.Equal(new AgentEvent.End(true, "All done."), events[^1]);
        Assert.DoesNotContain(events, one => one is AgentEvent.Limit or AgentEvent.Error);
    }

    [Fact]
    public async Task A_used_up_window_of_claude_is_a_limit_with_its_reset()
    {
        await using var scene = await AgentScene.CreateAsync(Rig);
        var reset = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 7200);
        await scene.SignInClaudeAsync();
        var limit = await LimitAsync(scene, "claude", ModelFailure.AnthropicWindow(reset));
        Assert.Equal((LimitKind.Window, reset), (limit.Kind, limit.ResetsAt));
    }

    [Fact]
    public async Task A_used_up_allowance_of_codex_is_a_limit_to_the_minute()
    {
        await using var scene = await AgentScene.CreateAsync(Rig);
        var reset = DateTimeOffset.FromUnixTimeSeconds((DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 * 60) + 7200);
        var limit = await LimitAsync(scene, "codex", ModelFailure.OpenAiWindow(reset));
        Assert.Equal((LimitKind.Window, reset), (limit.Kind, limit.ResetsAt));
    }

    public static TheoryData<string, string, int> Refusals =>
        new()
        {
            { "claude", nameof(LimitKind.Rate), 0 },
            { "claude", nameof(LimitKind.Overload), 1 },
            { "codex", nameof(LimitKind.Rate), 2 },
            { "gemini", nameof(LimitKind.Daily), 3 },
            { "gemini", nameof(LimitKind.Rate), 4 },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_request_is_a_limit(string agent, string kind, int failure)
    {
        ModelFailure[] failures =
        [
            ModelFailure.AnthropicRate(),
            ModelFailure.AnthropicOverload(),
            ModelFailure.OpenAiRate(),
            ModelFailure.GeminiDaily(),
            ModelFailure.GeminiRate(1),
        ];
        await using var scene = await AgentScene.CreateAsync(Rig);
        Assert.Equal(kind, (await LimitAsync(scene, agent, failures[failure])).Kind.ToString());
    }

    [Theory]
    [MemberData(nameof(AgentRigs.FirstThree), MemberType = typeof(AgentRigs))]
    public async Task A_wrong_key_is_an_error_that_says_so(BoxRig rig, string agent)
    {
        await using var scene = await AgentScene.CreateAsync(rig);
        scene.Server.Answer(
            ModelTurn.Fail(
                agent switch
                {
                    "claude" => ModelFailure.AnthropicKey(),
                    "codex" => ModelFailure.OpenAiKey(),
                    _ => ModelFailure.GeminiKey(),
                }
            )
        );
        var result = await scene.Headless(agent, "hello").RunAsync();
        Assert.NotEqual(0, result.ExitCode);
        var error = Assert.Single(Streams.Read(agent, result.Out).OfType<AgentEvent.Error>());
        Assert.Matches("(?i)api.key", error.Message);
    }

    private static async Task<AgentEvent.Limit> LimitAsync(AgentScene scene, string agent, ModelFailure failure)
    {
        scene.Server.Answer(ModelTurn.Fail(failure));
        var result = await scene.Headless(agent, "hello").RunAsync();
        Assert.NotEqual(0, result.ExitCode);
        var events = Streams.Read(agent, result.Out);
        Assert.Equal(new AgentEvent.End(false, null), events[^1]);
        return Assert.Single(events.OfType<AgentEvent.Limit>());
    }
}
