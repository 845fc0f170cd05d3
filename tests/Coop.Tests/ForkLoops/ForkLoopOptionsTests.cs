using System.CommandLine;
using Coop.Errors;
using Coop.Native;
using Xunit;

namespace Coop.ForkLoops;

public class ForkLoopOptionsTests
{
    [Fact]
    public void Every_option_of_a_loop_may_stand_before_the_word_that_makes_it_one()
    {
        string[] flags = ["--detach", "-d", "--dry-run", "--report", "--json", "--debug-on-fail"];
        string[] valued = ["--tasks", "-t", "--max-tasks", "--max-cost", "--max-tokens", "--max-time", "--ready-on"];
        Assert.All(flags, option => Assert.True(IsLoop(option, "--loop")));
        Assert.All(flags, option => Assert.False(IsLoop(option, "words", "--loop")));
        Assert.All(valued, option => Assert.True(IsLoop(option, "value", "--loop")));
        Assert.All(valued, option => Assert.True(IsLoop($"{option}=value", "--loop")));
        Assert.All(valued, option => Assert.False(IsLoop(option, "--loop")));
        var all = new ForkLoopOptions().All.SelectMany(option => option.Aliases.Append(option.Name));
        Assert.Equal(flags.Concat(valued).Append("--loop").Order(), all.Order());
    }

    [Theory]
    [InlineData("-d")]
    [InlineData("--tasks x")]
    [InlineData("--max-time 8h")]
    [InlineData("--report")]
    public void An_option_of_the_loop_without_it_is_refused(string words)
    {
        ForkLoopOptions options = new();
        Command command = new("fork");
        options.All.ToList().ForEach(command.Options.Add);
        Assert.False(options.IsAsked(command.Parse("")));
        Assert.True(options.IsAsked(command.Parse(words + " --loop")));
        Assert.Equal(ExitCode.Usage, Assert.Throws<UserError>(() => options.IsAsked(command.Parse(words))).ExitCode);
    }

    private static bool IsLoop(params string[] words) =>
        ForkLoopOptions.Line.IsIn(words.Select(word => CString.From(word)), new HashSet<string>(), _ => false);
}
