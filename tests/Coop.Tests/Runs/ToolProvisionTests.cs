using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Runs;

public sealed class ToolProvisionTests : IDisposable
{
    private const string Providing = "coop: providing nodejs 22.1.0\n";

    private readonly TemporaryDirectory directory = new();
    private readonly RecordedTerminal terminal = new();
    private readonly BoxPlan plan;
    private int boxes;

    public ToolProvisionTests() =>
        plan = SomePlan.On(EngineKind.Docker) with
        {
            Tools = new PlannedTools(
                new ToolVersions([("nodejs", "22.1.0")], []),
                BytePath.From(directory.PathOf("tools/project"))
            ),
        };

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Tools_that_are_installed_are_told_of_once_and_never_looked_for_again()
    {
        await EnsureAsync(Provision(), 0);
        await EnsureAsync(Provision(), 0);
        Assert.Equal((Providing, 1), (terminal.ErrorOutput, boxes));
    }

    [Fact]
    public async Task An_image_without_a_manager_of_tools_is_told_of_once_a_run_and_asked_before_every_box()
    {
        var provision = Provision();
        await EnsureAsync(provision, 97);
        await EnsureAsync(provision, 97);
        const string Missing =
            "coop: the box has neither mise nor asdf, so it goes without these tools: coop build brings mise\n";
        Assert.Equal((Providing + Missing, 2), (terminal.ErrorOutput, boxes));
        await EnsureAsync(Provision(), 97);
        Assert.Equal(Providing + Missing + Providing + Missing, terminal.ErrorOutput);
    }

    [Fact]
    public async Task Of_an_image_that_brings_its_tools_nothing_is_said_to_be_installed()
    {
        await EnsureAsync(Provision(), 96);
        await EnsureAsync(Provision(), 96);
        Assert.Equal(
            (Providing + "coop: the image has tools of its own (it sets MISE_DATA_DIR), so nothing was installed\n", 1),
            (terminal.ErrorOutput, boxes)
        );
    }

    [Fact]
    public async Task Tools_that_cannot_be_installed_stop_the_start()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => EnsureAsync(Provision(), 1));
        Assert.Contains("(exit 1)", error.Message, StringComparison.Ordinal);
    }

    private ToolProvision Provision() => new(terminal, TimeProvider.System);

    private Task EnsureAsync(ToolProvision provision, int exitCode) =>
        provision.EnsureAsync(
            plan,
            (_, _) =>
            {
                boxes++;
                return Task.FromResult(new CapturedRun(plan, exitCode, ReadOnlyMemory<byte>.Empty, GuardReport.Nothing));
            },
            TestContext.Current.CancellationToken
        );
}
