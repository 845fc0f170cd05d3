using System.Text;
using Coop.Agents;
using Coop.Configuration;
using Coop.Errors;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Images;

public class ImagePlannerTests
{
    private static readonly IAgent Claude = AgentCatalog.Find("claude")!;
    private static readonly IAgent Gemini = AgentCatalog.Find("gemini")!;

    [Fact]
    public void The_base_image_is_built_from_this() =>
        Snapshot.Match(
            Text(ImagePlanner.Base("node:22", [Claude, Gemini], ["-----BEGIN CERTIFICATE-----\n"], SomeSettings.With()))
        );

    [Fact]
    public void Without_authorities_of_the_host_there_is_nothing_to_copy()
    {
        var plan = ImagePlanner.Base("node:22", [], [], SomeSettings.With());
        Assert.DoesNotContain("COPY", Text(plan), StringComparison.Ordinal);
        Assert.DoesNotContain("NODE_EXTRA_CA_CERTS", Text(plan), StringComparison.Ordinal);
        Assert.Equal(("coop-box", "the base image"), (plan.Tag, plan.Title));
    }

    [Fact]
    public void Exact_versions_take_the_place_of_the_newest()
    {
        var plan = ImagePlanner.Base(
            "node:22",
            [Gemini],
            [],
            SomeSettings.With(
                (SettingCatalog.AgentPackages, "@google/gemini-cli@0.61.0 @jdxcode/mise@2026.9.15 @openai/codex@0.169.0")
            )
        );
        Assert.Contains(" @google/gemini-cli@0.61.0 ", Text(plan), StringComparison.Ordinal);
        Assert.Contains(" @jdxcode/mise@2026.9.15 ", Text(plan), StringComparison.Ordinal);
        Assert.DoesNotContain("codex", Text(plan), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("left-pad@1.0.0")]
    [InlineData("@openai/codex@1;id")]
    [InlineData("@openai/codex@$(id)")]
    public void A_package_that_is_not_Coop_s_to_install_is_a_usage_error(string spec)
    {
        var settings = SomeSettings.With((SettingCatalog.AgentPackages, spec));
        var error = Assert.Throws<UserError>(() => ImagePlanner.Base("node:22", [Claude], [], settings));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(spec, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_inputs_change_with_everything_that_goes_in()
    {
        string[] inputs =
        [
            ImagePlanner.Base("node:22", [], [], SomeSettings.With()).Inputs,
            ImagePlanner.Base("node:23", [], [], SomeSettings.With()).Inputs,
            ImagePlanner.Base("node:22", [Claude], [], SomeSettings.With()).Inputs,
            ImagePlanner.Base("node:22", [], ["pem"], SomeSettings.With()).Inputs,
            ImagePlanner.Base("node:22", [], ["other"], SomeSettings.With()).Inputs,
            ImagePlanner.Own(BytePath.From("/a"), Encoding.UTF8.GetBytes("FROM a")).Inputs,
            ImagePlanner.Own(BytePath.From("/a"), Encoding.UTF8.GetBytes("FROM b")).Inputs,
        ];
        Assert.Equal(inputs.Length, inputs.Distinct().Count());
    }

    [Theory]
    [InlineData("FROM coop-box", true)]
    [InlineData("from  localhost/coop-box as tools", true)]
    [InlineData("FROM --platform=linux/amd64 coop-box:latest\r", true)]
    [InlineData("FROM node:22\nRUN echo coop-box", false)]
    [InlineData("FROM coop-box-2", false)]
    public void A_file_builds_on_the_base_when_it_says_so(string file, bool expected) =>
        Assert.Equal(expected, ImagePlanner.BuildsOn(Encoding.UTF8.GetBytes(file), "coop-box"));

    private static string Text(ImagePlan plan) => Encoding.UTF8.GetString(plan.Files[0].Content);
}
