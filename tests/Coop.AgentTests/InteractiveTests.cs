using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Coop.TestPrograms;
using Xunit;

namespace Coop.AgentTests;

public class InteractiveTests
{
    [Theory]
    [MemberData(nameof(AgentRigs.EachEngine), MemberType = typeof(AgentRigs))]
    public async Task An_agent_starts_to_its_prompt_without_a_question_and_leaves_nothing_when_its_terminal_closes(
        BoxRig rig,
        string agent
    )
    {
        await using var scene = await AgentScene.CreateAsync(rig);

        // Again and again: a terminal program may ask for something of its own before, or lose a connection and repeat.
        scene.Server.Answer(ModelTurn.Say("the model has answered") with { Repeats = true });
        await using var terminal = await TmuxTerminal.StartAsync(scene.Repository, rows: 45, more: scene.Variables);
        await terminal.TypeAsync($"$COOP {agent}");
        await terminal.WaitForTextAsync(Prompts[agent]);

        // Typed and sent as a person does: what comes in one piece an agent takes for something pasted.
        await terminal.TypeOnlyAsync("say something");
        await terminal.WaitForTextAsync("say something");
        await terminal.PressAsync("Enter");
        await terminal.WaitForTextAsync("the model has answered");
        Assert.NotEmpty(HostProcesses.WithVariable(scene.Keys[agent]));

        await terminal.CloseAsync();
        await Eventually.TrueAsync(
            async () =>
                HostProcesses.WithVariable(scene.Keys[agent]).Count == 0 && (await scene.Repository.ContainersAsync()).Count == 0,
            TimeSpan.FromSeconds(25),
            () => $"no process of {agent}'s box"
        );
    }

    // What stands in each agent's input line, or beside it, when it waits for a prompt.
    private static readonly Dictionary<string, string> Prompts = new(StringComparer.Ordinal)
    {
        ["claude"] = "bypass permissions on",
        ["codex"] = "? for shortcuts",
        ["gemini"] = "Type your message",
        ["qwen"] = "Type your message",
    };
}
