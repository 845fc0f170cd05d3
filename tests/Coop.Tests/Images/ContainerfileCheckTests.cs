using System.Text;
using Coop.Errors;
using Xunit;

namespace Coop.Images;

public class ContainerfileCheckTests
{
    [Theory]
    [InlineData("# syntax=evil/frontend\nFROM a\n", 1)]
    [InlineData("#syntax = evil/frontend\nFROM a\n", 1)]
    [InlineData("# SYNTAX=evil/frontend\nFROM a\n", 1)]
    [InlineData("\ufeff# syntax=evil/frontend\nFROM a\n", 1)]
    [InlineData("# escape=`\n# syntax=evil/frontend\nFROM a\n", 2)]
    [InlineData("#!/usr/bin/env docker\n# syntax=evil/frontend\nFROM a\n", 2)]
    [InlineData("\n// syntax=evil/frontend\nFROM a\n", 2)]
    [InlineData("#\tsyntax\t=\tevil/frontend\r\nFROM a\n", 1)]
    [InlineData("{\"syntax\": \"evil/frontend\"}", 1)]
    [InlineData("  {\"x\": 1, \"Syntax\": \"evil/frontend\"} trailing", 1)]
    public void A_foreign_frontend_is_refused_in_every_spelling(string text, int line)
    {
        var error = Assert.Throws<UserError>(() => Check(text));
        Assert.Equal(
            $"Dockerfile.agent:{line}: 'syntax=evil/frontend' would hand the build to a program fetched from elsewhere",
            error.Message
        );
    }

    [Theory]
    [InlineData("FROM a\nRUN --network=host curl localhost\n", "--network=host", 2)]
    [InlineData("FROM a\nrun --security=insecure true\n", "--security=insecure", 2)]
    [InlineData("FROM a\nRUN \\\n  --network=host true\n", "--network=host", 2)]
    [InlineData("FROM a\nRUN `\n  --network=host true\n", "--network=host", 2)]
    [InlineData("FROM a\nONBUILD RUN --network=host true\n", "--network=host", 2)]
    [InlineData("FROM a\nRUN echo \\\n# comment\n  --network=host\n", "--network=host", 2)]
    public void An_option_that_opens_the_builder_s_machine_is_refused(string text, string option, int line) =>
        Assert.Equal(
            $"Dockerfile.agent:{line}: '{option}' opens the machine that builds",
            Assert.Throws<UserError>(() => Check(text)).Message
        );

    [Theory]
    [InlineData("FROM a\nADD http://127.0.0.1:8080/ /x\n")]
    [InlineData("FROM a\nARG u=http://127.0.0.1/\nADD $u /x\n")]
    [InlineData("FROM a\nADD \\\n http://127.0.0.1/ /x\n")]
    [InlineData("FROM a\nRUN echo `\nADD http://127.0.0.1/ /x\n")]
    [InlineData("FROM a\nadd git@example.org:a/b.git /x\n")]
    [InlineData("FROM a\nONBUILD ADD https://example.org/ /x\n")]
    public void A_fetch_by_the_engine_itself_is_refused(string text) =>
        Assert.Contains("ADD would fetch", Assert.Throws<UserError>(() => Check(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("FROM coop-box\nCOPY . /src\nADD a.tar /x\nRUN --network=none make && curl -fsS https://example.org/\n")]
    [InlineData("# A comment about syntax = nothing in particular\n\nFROM coop-box\n")]
    [InlineData("# escape=`\nFROM coop-box\n# syntax=late is a comment\n")]
    [InlineData("FROM coop-box\nRUN echo \"--network=none\"\nRUN --mount=type=cache,target=/c true\n")]
    public void An_ordinary_file_passes(string text) => Check(text);

    [Fact]
    public void What_is_shown_of_the_file_moves_no_cursor() =>
        Assert.DoesNotContain('\u001b', Assert.Throws<UserError>(() => Check("# syntax=\u001b[2Jevil\nFROM a\n")).Message);

    private static void Check(string text) => ContainerfileCheck.Check("Dockerfile.agent", Encoding.UTF8.GetBytes(text));
}
