using Coop.Errors;
using Xunit;

namespace Coop.ForkKeeping;

public class ForkNameTests
{
    [Theory]
    [InlineData("fix-login")]
    [InlineData("good-name_1.x")]
    [InlineData("A")]
    [InlineData("7")]
    public void A_plain_word_is_a_name(string name) => Assert.Equal(name, ForkName.Check(name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("/etc")]
    [InlineData("-x")]
    [InlineData("--x")]
    [InlineData(".coop")]
    [InlineData("a b")]
    [InlineData("new\nline")]
    [InlineData("nul\0l")]
    [InlineData("esc\u001b[31m")]
    [InlineData("co:lon")]
    [InlineData("@{-1}")]
    [InlineData("ünï")]
    [InlineData("x.lock")]
    [InlineData("a..b")]
    [InlineData("dot.")]
    [InlineData("merge")]
    [InlineData("ls")]
    [InlineData("acp")]
    public void Anything_else_is_none(string name)
    {
        var error = Assert.Throws<UserError>(() => ForkName.Check(name));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        ForkName.Check(new string('a', 100));
        Assert.Throws<UserError>(() => ForkName.Check(new string('a', 101)));
        Assert.True(Assert.Throws<UserError>(() => ForkName.Check(new string('a', 300))).Message.Length < 120);
    }
}
