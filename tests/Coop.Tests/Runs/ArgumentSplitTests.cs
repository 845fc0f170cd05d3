using Coop.Cli;
using Coop.Native;
using Xunit;

namespace Coop.Runs;

/// <summary>Words and what becomes of them: before the bar what Coop parses, behind it what the program gets.</summary>
public class ArgumentSplitTests
{
    [Theory]
    // Nothing, and commands without a program.
    [InlineData("", "|")]
    [InlineData("help run", "help run|")]
    [InlineData("config --json", "config --json|")]
    [InlineData("--version", "--version|")]
    [InlineData("-- claude", "-- claude|")]
    [InlineData("shell x", "shell x|")]
    // Agents: Coop's own options only where they follow directly, then everything verbatim.
    [InlineData("claude", "<agent> claude|")]
    [InlineData("claude --help", "<agent> claude --help|")]
    [InlineData("claude -h", "<agent> claude -h|")]
    [InlineData("claude -- --help", "<agent> claude|--help")]
    [InlineData("claude -- -- --help", "<agent> claude|-- --help")]
    [InlineData("claude --strict", "<agent> claude --strict|")]
    [InlineData("claude --strict -p x --strict", "<agent> claude --strict|-p x --strict")]
    [InlineData("claude -p --strict", "<agent> claude|-p --strict")]
    [InlineData("claude -p --help", "<agent> claude|-p --help")]
    [InlineData("claude fix --help it", "<agent> claude|fix --help it")]
    [InlineData("claude --continue --model x", "<agent> claude|--continue --model x")]
    [InlineData("claude fix -- --help", "<agent> claude|fix -- --help")]
    [InlineData("claude run --dry-run", "<agent> claude|run --dry-run")]
    [InlineData("claude @file", "<agent> claude|@file")]
    [InlineData("codex resume --last", "<agent> codex|resume --last")]
    // Signing in, in both orders.
    [InlineData("login", "login|")]
    [InlineData("login claude@work", "login|claude@work")]
    [InlineData("login codex -- --with-api-key", "login|codex -- --with-api-key")]
    [InlineData("login --help", "login --help|")]
    [InlineData("login --hlep", "login --hlep|")]
    [InlineData("codex login --with-api-key", "login|codex --with-api-key")]
    [InlineData("claude -- login", "<agent> claude|login")]
    // run: options before the command are Coop's, also unknown ones, which are mistakes.
    [InlineData("run", "run|")]
    [InlineData("run make test", "run|make test")]
    [InlineData("run -- make test", "run|make test")]
    [InlineData("run --dry-run make --dry-run", "run --dry-run|make --dry-run")]
    [InlineData("run --dry-run -- cmd --dry-run", "run --dry-run|cmd --dry-run")]
    [InlineData("run -- --dry-run", "run|--dry-run")]
    [InlineData("run -- -- x", "run|-- x")]
    [InlineData("run --dryrun make", "run --dryrun|make")]
    [InlineData("run --help", "run --help|")]
    [InlineData("run make --help", "run|make --help")]
    [InlineData("run -", "run|-")]
    [InlineData("run sh -c @x", "run|sh -c @x")]
    public void Words_go_where_they_belong(string words, string expected)
    {
        var split = Split(CString.List(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(expected, $"{string.Join(' ', split.Coop)}|{string.Join(' ', split.Program)}");
    }

    [Fact]
    public void Words_that_are_empty_or_no_text_pass_byte_for_byte()
    {
        CString[] words = [CString.From(""), CString.From([0xff, 0xfe]), CString.From("a b\n'\"$x")];
        Assert.Equal(words, Split([CString.From("run"), CString.From("--"), .. words]).Program);
        Assert.Equal(words, Split([CString.From("claude"), .. words]).Program);
    }

    private static ArgumentSplit Split(IReadOnlyList<CString> words) =>
        ArgumentSplit.Split(words, CommandTree.TakesProgram, word => word is "claude" or "codex");
}
