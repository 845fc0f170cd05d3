using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.AgentTests;

/// <summary>`coop build` for real: npm in the engine's build, or in a box on bubblewrap.</summary>
public class BuildTests
{
    private const string Version = "0.61.0";

    [Theory]
    [MemberData(nameof(AgentRigs.Engines), MemberType = typeof(AgentRigs))]
    public async Task What_boxes_run_on_is_built_with_the_agent_asked_for_and_a_second_build_has_nothing_to_do(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var tag = $"coop-test-{Guid.NewGuid():N}"[..24];
        ProgramRun Coop(params string[] words)
        {
            var variables = new Dictionary<string, string>(repository.Variables, StringComparer.Ordinal)
            {
                ["COOP_BASE_IMAGE"] = tag,
                ["COOP_NODE_IMAGE"] = "localhost/coop-test-base",
                ["COOP_AGENT_PACKAGES"] = $"@google/gemini-cli@{Version}",
            };
            variables.Remove("COOP_IMAGE");
            return repository.Coop(words) with { Variables = variables };
        }

        try
        {
            var built = (await Coop("build", "gemini").RunAsync()).Succeeded();
            Assert.Contains($"@google/gemini-cli {Version}", built.Error, StringComparison.Ordinal);
            Assert.Equal($"{Version}\n", (await Coop("run", "--", "gemini", "--version").RunAsync()).Succeeded().Out);
            Assert.Contains("up to date", (await Coop("build").RunAsync()).Succeeded().Error, StringComparison.Ordinal);
            if (rig.HasContainers)
            {
                var tools = await Coop(
                        "run",
                        "--",
                        "sh",
                        "-c",
                        "for t in git rg fd jq make mise; do command -v $t || echo no $t; done; id -u"
                    )
                    .RunAsync();
                Assert.DoesNotContain("no ", tools.Succeeded().Out, StringComparison.Ordinal);
            }
        }
        finally
        {
            if (rig.HasContainers)
            {
                await repository.Engine("rmi", "--force", tag).RunAsync();
            }
        }
    }
}
