using Xunit;

namespace Coop.Formats;

public class ToolVersionsFileTests
{
    [Fact]
    public void Each_line_names_a_tool_and_its_versions_and_the_first_line_of_a_tool_counts() =>
        Assert.Equal(
            [("nodejs", "22.1.0"), ("python", "3.12.1 system"), ("greet", "ref:v1/x")],
            ToolVersionsFile.Parse(
                "\ufeff# tools\nnodejs 22.1.0 # newest\r\n\n  python\t3.12.1  system\nnodejs 20\ngreet ref:v1/x\n"
            )
        );

    [Theory]
    [InlineData("nodejs")]
    [InlineData("node;id 1")]
    [InlineData("nodejs $(id)")]
    [InlineData("-x 1")]
    [InlineData("node=1 2")]
    public void A_line_that_names_no_tool_and_version_is_passed_over(string line) =>
        Assert.Equal([], ToolVersionsFile.Parse(line));
}
