using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Coop.TestPrograms;
using Xunit;

namespace Coop.AgentTests;

public class HeadlessTests
{
    [Theory]
    [MemberData(nameof(AgentRigs.All), MemberType = typeof(AgentRigs))]
    public async Task An_agent_writes_a_file_by_a_tool_and_commits_it(BoxRig rig, string agent)
    {
        await using var scene = await AgentScene.CreateAsync(rig);
        var path = scene.Repository.PathOf("hello.txt");
        scene.Server.Answer(
            new ModelTurn { Text = "I will write.", Write = new(path, "hello from the model\n") },
            new ModelTurn { Shell = "git add --all && git commit --quiet --message='add hello'" },
            ModelTurn.Say("All done.")
        );
        var result = (await scene.Headless(agent, "write hello.txt and commit it").RunAsync()).Succeeded();
        Assert.Contains("All done.", result.Out, StringComparison.Ordinal);
        Assert.Equal("hello from the model\n", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        var log = await scene.Repository.GitAsync("log", "--format=%an <%ae> %s", "-1", "--", "hello.txt");
        Assert.Equal($"{TemporaryRepository.UserName} <{TemporaryRepository.UserMail}> add hello", log.Out.Trim());
        Assert.Equal(scene.Repository.OwnerUid, await scene.Repository.OwnerOfAsync("hello.txt"));
    }

    [Theory]
    [MemberData(nameof(AgentRigs.Engines), MemberType = typeof(AgentRigs))]
    public async Task Without_a_network_a_model_on_a_port_of_the_host_still_answers(BoxRig rig)
    {
        await using var scene = await AgentScene.CreateAsync(rig);
        scene.Server.Answer(ModelTurn.Say("from the host"));
        var run = scene.Headless("claude", "hello").Environment("COOP_EGRESS", "none");
        Assert.Contains("from the host", (await run.RunAsync()).Succeeded().Out, StringComparison.Ordinal);
    }
}
