using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.AgentTests;

/// <summary>Every login and key is planted, and every file, environment and argument of a box is searched for each of them.</summary>
public class ScopeTests
{
    // What the box's user can read, the kernel's own views but for processes left out; matches are printed as planted words.
    private const string Search = """
        { find / -xdev \( -path /proc -o -path /sys -o -path /opt/coop -o -path /usr \) -prune -o -type f -size -2M -print0 2>/dev/null; find "$HOME" -type f -print0; } |
          xargs -0 grep -h -a -o 'planted-[a-z]*-[0-9a-f]*' 2>/dev/null
        cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | grep -a -o 'planted-[a-z]*-[0-9a-f]*'
        echo searched
        """;

    public static TheoryData<BoxRig> Rigs => AgentRigs.Engines;

    [Theory]
    [MemberData(nameof(Rigs))]
    public async Task A_command_finds_no_credential(BoxRig rig)
    {
        await using var scene = await SceneAsync(rig);
        var run = scene.Coop("run", "--", "sh", "-c", Search);
        Assert.Equal(["searched"], (await run.RunAsync()).Succeeded().Lines.Distinct());
    }

    [Theory]
    [MemberData(nameof(AgentRigs.EachEngine), MemberType = typeof(AgentRigs))]
    public async Task An_agent_finds_only_its_own(BoxRig rig, string agent)
    {
        await using var scene = await SceneAsync(rig);

        // A command in the agent's place has all that the agent would have.
        var variable = $"COOP_{agent.ToUpperInvariant()}_CMD";
        var run = scene.Coop(agent, Search).Environment(variable, "sh -c");
        Assert.Equal(
            new[] { scene.Keys[agent], LoginOf(scene, agent), "searched" }.Order(StringComparer.Ordinal),
            (await run.RunAsync()).Succeeded().Lines.Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Rigs))]
    public async Task Another_account_of_the_same_agent_is_not_there(BoxRig rig)
    {
        await using var scene = await SceneAsync(rig);
        await scene.WriteConfigAsync("claude@work/.credentials.json", """{"claudeAiOauth":{"accessToken":"planted-work-0"}}""");
        var run = scene.Coop("claude@work", Search).Environment("COOP_CLAUDE_CMD", "sh -c");
        Assert.Equal(
            [scene.Keys["claude"], "planted-work-0", "searched"],
            (await run.RunAsync()).Succeeded().Lines.Distinct().Order(StringComparer.Ordinal)
        );
    }

    private static async Task<AgentScene> SceneAsync(BoxRig rig)
    {
        var scene = await AgentScene.CreateAsync(rig);
        await scene.WriteConfigAsync(
            "claude/.credentials.json",
            Login("claude", """{"claudeAiOauth":{"accessToken":"TOKEN"}}""")
        );
        await scene.WriteConfigAsync("codex/auth.json", Login("codex", """{"OPENAI_API_KEY":"TOKEN"}"""));
        await scene.WriteConfigAsync("gemini/oauth_creds.json", Login("gemini", """{"access_token":"TOKEN"}"""));
        await scene.WriteConfigAsync("qwen/oauth_creds.json", Login("qwen", """{"access_token":"TOKEN"}"""));

        // Homes of every agent are there from earlier runs.
        foreach (var agent in AgentScene.Agents)
        {
            (await scene.Coop(agent, "true").Environment($"COOP_{agent.ToUpperInvariant()}_CMD", "sh -c").RunAsync()).Succeeded();
        }

        return scene;

        string Login(string agent, string form) => form.Replace("TOKEN", LoginOf(scene, agent), StringComparison.Ordinal);
    }

    private static string LoginOf(AgentScene scene, string agent) =>
        scene.Keys[agent].Replace("planted-", "planted-login", StringComparison.Ordinal);
}
