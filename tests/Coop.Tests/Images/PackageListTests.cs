using System.Text;
using Xunit;

namespace Coop.Images;

public class PackageListTests
{
    [Fact]
    public void Versions_are_told_by_name() =>
        Assert.Equal(
            ["@openai/codex 0.169.0", "npm 10.9.9", "odd"],
            Lines("""{"name":"lib","dependencies":{"npm":{"version":"10.9.9"},"odd":{},"@openai/codex":{"version":"0.169.0"}}}""")
        );

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"dependencies\":3}")]
    [InlineData("not json")]
    public void Anything_else_is_no_list(string text) => Assert.Equal([], Lines(text));

    private static IReadOnlyList<string> Lines(string json) => PackageList.Lines(Encoding.UTF8.GetBytes(json));
}
