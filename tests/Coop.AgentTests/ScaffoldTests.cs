using System.Text.Json.Nodes;
using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Coop.TestPrograms;
using Xunit;

namespace Coop.AgentTests;

/// <summary>What <c>coop init</c> writes is found and obeyed by the agents' real programs.</summary>
public class ScaffoldTests
{
    [Theory]
    [MemberData(nameof(AgentRigs.EachEngine), MemberType = typeof(AgentRigs))]
    public async Task An_agent_is_told_the_instructions_and_each_skill_once(BoxRig rig, string agent)
    {
        await using var scene = await CreateAsync(rig);
        scene.Server.Answer(ModelTurn.Say("All done."));
        var run = (await scene.Headless(agent, "say hello").RunAsync()).Succeeded();
        Assert.DoesNotContain("conflict", run.Error, StringComparison.OrdinalIgnoreCase);
        var asked = scene.Server.Requests.First(request => request.Body.Contains("say hello", StringComparison.Ordinal)).Body;
        Assert.Equal(1, CountOf("The rules for agents are in", asked));
        Assert.Equal(1, CountOf("Work one task of .agent/TASKS.md to its end", asked));
        Assert.Equal(1, CountOf("Leave work so that somebody else can go on at once", asked));
    }

    [Theory]
    [MemberData(nameof(AgentRigs.Engines), MemberType = typeof(AgentRigs))]
    public async Task Claude_obeys_both_hooks_and_reads_no_hidden_name(BoxRig rig)
    {
        await using var scene = await CreateAsync(rig);
        await scene.Repository.WriteAsync(".agent/TASKS.md", "- [w] Say hello\n  In hello.txt.\n");
        scene.Server.Answer(
            new ModelTurn { Shell = "git commit --allow-empty --no-verify --message=past" },
            new ModelTurn { Shell = "mkdir -p secrets && echo plain > secrets/a.txt" },
            new ModelTurn { Tool = new("Read", new JsonObject { ["file_path"] = scene.Repository.PathOf("secrets/a.txt") }) },
            ModelTurn.Say("All done."),
            ModelTurn.Say("Really done.")
        );
        (await scene.Headless("claude", "say hello").RunAsync()).Succeeded();
        var told = scene.Server.Requests[^1].Body;
        Assert.Contains("Refused: this passes by the repository's hooks", told, StringComparison.Ordinal);
        Assert.Contains("denied by your permission settings", told, StringComparison.Ordinal);
        Assert.Contains("A task in .agent/TASKS.md is still claimed: Say hello", told, StringComparison.Ordinal);
        Assert.DoesNotContain("past", (await scene.Repository.GitAsync("log", "--format=%s")).Out, StringComparison.Ordinal);
    }

    private static int CountOf(string words, string text) => text.Split(words).Length - 1;

    private static async Task<AgentScene> CreateAsync(BoxRig rig)
    {
        var scene = await AgentScene.CreateAsync(rig);
        (await scene.Coop("init").RunAsync()).Succeeded();
        await scene.Repository.GitAsync("add", "--all");
        await scene.Repository.GitAsync("commit", "--quiet", "--message=scaffold");
        return scene;
    }
}
