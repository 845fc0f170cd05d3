using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Coop.TestPrograms;
using Xunit;

namespace Coop.AgentTests;

public class ResumeTests
{
    [Theory]
    [MemberData(nameof(AgentRigs.EachEngine), MemberType = typeof(AgentRigs))]
    public async Task A_conversation_goes_on_as_the_last_one_and_by_its_id(BoxRig rig, string agent)
    {
        await using var scene = await AgentScene.CreateAsync(rig);
        scene.Server.Answer(ModelTurn.Say("first answer"), ModelTurn.Say("second answer"), ModelTurn.Say("third answer"));
        var first = (await scene.Headless(agent, "the word is heliotrope").RunAsync()).Succeeded();
        var id = Streams.SessionOf(agent, first.Out);

        (await Resumed(scene, agent, null).RunAsync()).Succeeded();
        Assert.Contains("heliotrope", scene.Server.Requests[^1].Body, StringComparison.Ordinal);

        (await Resumed(scene, agent, id).RunAsync()).Succeeded();
        Assert.Contains("heliotrope", scene.Server.Requests[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_of_one_repository_does_not_appear_in_another()
    {
        const string agent = "claude";
        await using var scene = await AgentScene.CreateAsync(new BoxRig(Engine.Bwrap, CallerKind.Ordinary));
        scene.Server.Answer(ModelTurn.Say("first answer"));
        (await scene.Headless(agent, "the word is heliotrope").RunAsync()).Succeeded();
        var other = Path.Combine(scene.Repository.HomeDirectory, "other");
        await scene.Repository.GitInAsync(
            scene.Repository.HomeDirectory,
            "clone",
            "--quiet",
            scene.Repository.DirectoryPath,
            other
        );
        await Resumed(scene, agent, null).In(other).RunAsync();
        Assert.DoesNotContain(
            scene.Server.Requests.Skip(1),
            request =>
                request.Body.Contains("heliotrope", StringComparison.Ordinal)
                && request.Body.Contains(other, StringComparison.Ordinal)
        );
    }

    private static ProgramRun Resumed(AgentScene scene, string agent, string? id) =>
        agent switch
        {
            "codex" => scene.Coop(["codex", "exec", "resume", id ?? "--last", "--json", "go on"]),
            "gemini" => scene.Headless(agent, "go on", "--resume", id ?? "latest"),
            _ => id is null ? scene.Headless(agent, "go on", "--continue") : scene.Headless(agent, "go on", "--resume", id),
        };
}
