using Coop.Errors;
using Xunit;

namespace Coop.Formats;

public class EnvFileTests
{
    [Fact]
    public void Lines_comments_export_and_quotes_are_understood() =>
        Assert.Equal(
            [
                new EnvLine("A", "1", new TextPlace("f", 1)),
                new EnvLine("B", "two words", new TextPlace("f", 4)),
                new EnvLine("C", "it's", new TextPlace("f", 5)),
                new EnvLine("D", "", new TextPlace("f", 6)),
                new EnvLine("E", "a=b # no comment", new TextPlace("f", 7)),
                new EnvLine("F", "\"open", new TextPlace("f", 8)),
                new EnvLine("G", "$HOME", new TextPlace("f", 9)),
                new EnvLine("_h2", "\"", new TextPlace("f", 10)),
                new EnvLine("A", "again", new TextPlace("f", 11)),
            ],
            EnvFile.Parse(
                "f",
                "\uFEFFA=1\r\n# comment\n\n  export B = 'two words' \nC=\"it's\"\nD=\nE=a=b # no comment\nF=\"open\nG=$HOME\n_h2=\"\nA=again".Replace(
                    "B = ",
                    "B=",
                    StringComparison.Ordinal
                )
            )
        );

    [Theory]
    [InlineData("A")]
    [InlineData("=1")]
    [InlineData("A B=1")]
    [InlineData("1A=1")]
    [InlineData("A-B=1")]
    [InlineData("A =1")]
    [InlineData("export")]
    public void A_line_that_is_no_setting_is_an_error_with_its_place(string line)
    {
        var error = Assert.Throws<UserError>(() => EnvFile.Parse("/x/coop.conf", "OK=1\n" + line));
        Assert.Equal("/x/coop.conf:2: this line is not KEY=VALUE.", error.Message);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void An_empty_file_has_no_lines() => Assert.Equal([], EnvFile.Parse("f", ""));
}
