using System.CommandLine;
using Coop.Errors;
using Xunit;

namespace Coop.ForkLoops;

public class ForkLoopOptionsTests
{
    // The words are split before they are parsed, so what is an option stands twice.
    [Fact]
    public void Every_option_is_known_to_who_splits_the_words()
    {
        var options = new ForkLoopOptions().All;
        Assert.Equal(Names(options.Where(option => option.ValueType == typeof(bool))), ForkLoopOptions.Flags.Order());
        Assert.Equal(Names(options.Where(option => option.ValueType != typeof(bool))), ForkLoopOptions.Valued.Order());
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

    private static IEnumerable<string> Names(IEnumerable<Option> options) =>
        options.SelectMany(option => option.Aliases.Append(option.Name)).Order();
}
