using Coop.Native;
using Xunit;

namespace Coop.Runs;

public class WholeLineTests
{
    private static readonly WholeLine Line = new("--loop", Set("-d", "--report"), Set("-t", "--max-cost"));

    [Theory]
    [InlineData("--loop")]
    [InlineData("claude --loop -t x")]
    [InlineData("claude codex --loop")]
    [InlineData("--loop claude codex@work -d")]
    [InlineData("-t codex --loop")]
    [InlineData("-d --new claude -t x --loop")]
    [InlineData("--max-cost=5 claude --loop anything --else")]
    public void All_words_are_coops_where_only_its_own_stand_before_the_option(string words) => Assert.True(IsIn(words));

    [Theory]
    [InlineData("")]
    [InlineData("claude")]
    [InlineData("claude -d")]
    [InlineData("claude -- --loop")]
    [InlineData("claude fix the --loop")]
    [InlineData("claude --debug --loop")]
    [InlineData("-t --loop")]
    [InlineData("unknown --loop")]
    public void Words_that_belong_to_an_agent_stay_its_own(string words) => Assert.False(IsIn(words));

    private static bool IsIn(string words) =>
        Line.IsIn(
            CString.List(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            Set("--new"),
            word => word.StartsWith('c')
        );

    private static HashSet<string> Set(params string[] words) => new(words, StringComparer.Ordinal);
}
