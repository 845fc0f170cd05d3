using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class ImageTests
{
    private const string OnTestBase = "FROM localhost/coop-test-base\nCOPY . /context\n";

    [Theory]
    [MemberData(nameof(BoxRigs.Containers), MemberType = typeof(BoxRigs))]
    public async Task A_repository_s_own_image_is_built_without_its_secrets_and_its_boxes_run_on_it(BoxRig rig)
    {
        await using var repository = await OwnImage.CreateAsync(rig, OnTestBase + "ENV BUILT_BY=coop\n");
        await repository.Tree.WriteAsync(".env", "TOKEN=marked-value");
        await repository.Tree.WriteAsync("src/main.c", "int main;");
        (await repository.Coop("build").RunAsync()).Succeeded();
        var seen = (
            await repository
                .Coop(
                    "run",
                    "--",
                    "sh",
                    "-c",
                    "echo $BUILT_BY; find /context -type f | sort; grep -rc marked-value /context | grep -v :0; true"
                )
                .RunAsync()
        ).Succeeded();
        Assert.Equal(["coop", "/context/Dockerfile.agent", "/context/README.md", "/context/src/main.c"], seen.Lines);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.Containers), MemberType = typeof(BoxRigs))]
    public async Task A_build_that_fails_says_its_last_lines_and_leaves_no_image(BoxRig rig)
    {
        await using var repository = await OwnImage.CreateAsync(rig, OnTestBase + "RUN echo marked-value >&2; exit 9\n");
        var result = await repository.Coop("build").RunAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("  marked-value", result.Error, StringComparison.Ordinal);
        Assert.Contains("could not build this repository's image from Dockerfile.agent", result.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await repository.Coop("run", "--", "true").RunAsync()).ExitCode);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.Containers), MemberType = typeof(BoxRigs))]
    public async Task A_foreign_frontend_is_refused_before_the_engine_is_asked(BoxRig rig)
    {
        await using var repository = await OwnImage.CreateAsync(rig, "# syntax=example.org/frontend\n" + OnTestBase);
        var result = await repository.Coop("build").RunAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Dockerfile.agent:1: 'syntax=example.org/frontend'", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.Containers), MemberType = typeof(BoxRigs))]
    public async Task A_start_says_in_one_line_that_the_file_changed_since_the_build(BoxRig rig)
    {
        await using var repository = await OwnImage.CreateAsync(rig, OnTestBase);
        (await repository.Coop("build").RunAsync()).Succeeded();
        Assert.DoesNotContain(
            "has changed",
            (await repository.Coop("run", "--", "true").RunAsync()).Succeeded().Error,
            StringComparison.Ordinal
        );
        await repository.Tree.WriteAsync("Dockerfile.agent", OnTestBase + "# more\n");
        Assert.Contains(
            "is built from has changed: coop build",
            (await repository.Coop("run", "--", "true").RunAsync()).Succeeded().Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(BoxRigs.Containers), MemberType = typeof(BoxRigs))]
    public async Task On_a_terminal_a_missing_image_is_offered_to_be_built_and_then_runs(BoxRig rig)
    {
        await using var repository = await OwnImage.CreateAsync(rig, OnTestBase);
        await using var terminal = await TmuxTerminal.StartAsync(repository.Tree);
        await terminal.TypeAsync($"unset COOP_IMAGE; {CoopUnderTest.ExecutablePath} run -- echo it-\"\"runs");
        await terminal.WaitForLastLineAsync("[y/N]");
        await terminal.TypeAsync("y");
        await terminal.WaitForAsync("it-runs");
    }

    /// <summary>A repository with a build file of its own; its image goes with it.</summary>
    private sealed class OwnImage(TemporaryRepository tree) : IAsyncDisposable
    {
        public TemporaryRepository Tree => tree;

        public static async Task<OwnImage> CreateAsync(BoxRig rig, string file)
        {
            var tree = await TemporaryRepository.CreateAsync(rig);
            await tree.WriteAsync("Dockerfile.agent", file);
            return new OwnImage(tree);
        }

        public ProgramRun Coop(params string[] words)
        {
            var variables = new Dictionary<string, string>(tree.Variables, StringComparer.Ordinal);
            variables.Remove("COOP_IMAGE");
            return tree.Coop(words) with { Variables = variables };
        }

        public async ValueTask DisposeAsync()
        {
            // Named after the repository and its place, which is this test's alone.
            var all = (
                await tree.Engine("images", "--filter", "label=coop.role=own", "--format", "{{.Repository}}").RunAsync()
            ).Lines;
            var plan = await Coop("run", "--dry-run", "--", "true").RunAsync();
            foreach (
                var name in all.Where(name =>
                    plan.Out.Contains(name.Replace("localhost/", "", StringComparison.Ordinal), StringComparison.Ordinal)
                )
            )
            {
                await tree.Engine("rmi", "--force", name).RunAsync();
            }

            await tree.DisposeAsync();
        }
    }
}
