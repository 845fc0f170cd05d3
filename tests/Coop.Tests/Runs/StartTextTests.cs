using Coop.Boxes;
using Coop.BoxPlanning;
using Coop.Configuration;
using Coop.Native;
using Coop.TestKit;
using Xunit;

namespace Coop.Runs;

public class StartTextTests
{
    [Fact]
    public void A_start_says_what_runs_where() =>
        Assert.Equal(
            ["run in a docker box of image coop-box, network open."],
            StartText.Lines(SomePlan.On(EngineKind.Docker), explainsGit: false)
        );

    [Fact]
    public void Bubblewrap_has_no_image_and_a_box_can_have_no_network() =>
        Assert.Equal(
            ["shell in a bwrap box, no network."],
            StartText.Lines(
                SomePlan.On(EngineKind.Bubblewrap) with
                {
                    Target = "shell",
                    Egress = EgressMode.None,
                },
                explainsGit: false
            )
        );

    [Theory]
    [InlineData(1, "1 hidden path.")]
    [InlineData(3, "3 hidden paths.")]
    public void How_much_is_hidden_is_said(int count, string expected)
    {
        var names = Enumerable.Range(0, count).Select(i => $"{i}.key").ToArray();
        var plan = BoxPlanner.Plan(
            new BoxRequest(BoxRole.Run, CString.List("true"), null),
            SomeFacts.On(EngineKind.Docker).Hiding(names),
            SomeSettings.With()
        );
        Assert.Equal(expected, StartText.Lines(plan, explainsGit: false)[1]);
    }

    [Theory]
    [InlineData(1, "1 of them is tracked by git: what its history holds can still be read in the box.")]
    [InlineData(2, "2 of them are tracked by git: what their history holds can still be read in the box.")]
    public void Hidden_files_in_the_history_are_said(int count, string expected)
    {
        var plan = SomePlan.On(EngineKind.Docker) with { TrackedPaths = count };
        Assert.Equal(expected, StartText.Lines(plan, explainsGit: false)[^1]);
    }

    [Fact]
    public void Git_is_explained_where_there_is_room() =>
        Assert.Equal(StartText.GitExplanation, StartText.Lines(SomePlan.On(EngineKind.Docker), explainsGit: true)[^1]);
}
