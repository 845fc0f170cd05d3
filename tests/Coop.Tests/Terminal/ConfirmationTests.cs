using Coop.TestKit;
using Xunit;

namespace Coop.Terminal;

public class ConfirmationTests
{
    [Theory]
    [InlineData("y", true)]
    [InlineData(" yes ", true)]
    [InlineData("Y", true)]
    [InlineData("n", false)]
    [InlineData("", false)]
    [InlineData("yep", false)]
    [InlineData(null, false)]
    public void Only_a_yes_is_a_yes(string? answer, bool expected)
    {
        RecordedTerminal terminal = new()
        {
            InputIsTerminal = true,
            ErrorIsTerminal = true,
            Answers = new Queue<string>(answer is null ? [] : [answer]),
        };
        Assert.Equal(expected, Confirmation.Ask(terminal, "Sure?"));
        Assert.Equal(("", "coop: Sure? [y/N] "), (terminal.Output, terminal.ErrorOutput));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Where_nobody_can_be_asked_it_is_a_no(bool input, bool error)
    {
        RecordedTerminal terminal = new() { InputIsTerminal = input, ErrorIsTerminal = error };
        Assert.False(Confirmation.Ask(terminal, "Sure?"));
        Assert.Equal("", terminal.ErrorOutput);
    }
}
