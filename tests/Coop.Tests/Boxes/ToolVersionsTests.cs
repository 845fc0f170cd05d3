using Coop.BoxPlanning;
using Coop.Configuration;
using Coop.Errors;
using Coop.Native;
using Coop.TestKit;
using Xunit;

namespace Coop.Boxes;

public sealed class ToolVersionsTests : IDisposable
{
    private readonly TemporaryTree home = new();

    [Fact]
    public void The_nearest_file_counts_for_each_tool_up_to_the_home_directory()
    {
        home.File(".tool-versions", "nodejs 18\npython 3.9\n").File("work/.tool-versions", "python 3.10\nruby 3.3\n");
        home.File("work/project/.tool-versions", "nodejs 22\n");
        var tools = Read("work/project")!;
        Assert.Equal([("nodejs", "22")], tools.Own);
        Assert.Equal([("python", "3.10"), ("ruby", "3.3")], tools.Above);
        Assert.Equal("nodejs 22, python 3.10, ruby 3.3", tools.Text);
        Assert.Contains(new BoxVariable("ASDF_PYTHON_VERSION", "3.10"), tools.Variables);
        Assert.DoesNotContain(tools.Variables, variable => variable.Name.Contains("NODE", StringComparison.Ordinal));
    }

    [Fact]
    public void Above_the_home_directory_nothing_is_read()
    {
        home.File(".tool-versions", "nodejs 18\n").Folder("ada/project");
        Assert.Null(ToolVersions.Read(home.Root.Join("ada/project"), home.Root.Join("ada").ToString()));
    }

    [Fact]
    public void A_repository_s_file_that_is_a_link_is_an_error_and_not_read()
    {
        home.File("secret", "nodejs 22").Folder("project").Link("project/.tool-versions", "../secret");
        Assert.Throws<UserError>(() => Read("project"));
    }

    [Theory]
    [InlineData("Run", true)]
    [InlineData("Agent", true)]
    [InlineData("Provision", true)]
    [InlineData("Build", false)]
    [InlineData("Doctor", false)]
    [InlineData("Login", false)]
    public void The_boxes_that_the_user_works_in_have_the_tools(string role, bool expected)
    {
        var facts = SomeFacts.On(EngineKind.Docker) with { Tools = new ToolVersions([("nodejs", "22")], []) };
        var plan = BoxPlanner.Plan(
            new BoxRequest(Enum.Parse<BoxRole>(role), CString.List("true"), null),
            facts,
            SomeSettings.With()
        );
        Assert.Equal(expected, plan.Tools is not null);
        Assert.Equal(expected, plan.Mounts.Any(mount => mount.Target.ToString() == "/opt/coop/tools" && !mount.IsReadOnly));
        Assert.Equal(
            expected,
            GuestCommandLine.For(plan, carriesBytes: true, makesTerminal: false).Any(word => word.ToString() == "--tools")
        );
    }

    public void Dispose() => home.Dispose();

    private ToolVersions? Read(string path) => ToolVersions.Read(home.Root.Join(path), home.RootPath);
}
