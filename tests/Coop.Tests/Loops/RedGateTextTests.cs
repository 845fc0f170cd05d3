using Coop.Gates;
using Xunit;

namespace Coop.Loops;

public class RedGateTextTests
{
    [Theory]
    [InlineData("a\nb fails\n", null, "exit code 1: b fails")]
    [InlineData("a\nb fails\n", "0 all is well\n", "exit code 1: b fails")]
    [InlineData("", "1 a fails\n", "exit code 1: it printed nothing")]
    [InlineData("c fails\n", "1 a fails\n", "exit code 1: c fails")]
    [InlineData("a fails\n\n", "1 a fails\nb\n", "exit code 1: a fails (as before the first task, nothing new)")]
    [InlineData(
        "b fails\na fails\n",
        "1 a fails\n",
        "exit code 1: b fails (new; it was red before the first task with: a fails)"
    )]
    [InlineData("b fails\na fails\n", "0 a fails\n", "exit code 1: a fails")]
    public void What_a_gate_said_before_the_first_task_is_told_apart_from_what_is_new(
        string output,
        string? before,
        string expected
    ) =>
        Assert.Equal(
            expected,
            RedGateText.Render(
                new GateOutcome(1, output),
                before is null ? null : new GateOutcome(before[0] - '0', before.Length > 2 ? before[2..] : "")
            )
        );
}
