using Coop.LoopDecisions;
using Xunit;

namespace Coop.Loops;

public class VerdictReaderTests
{
    [Fact]
    public void Lines_of_the_agreed_form_are_verdicts_and_everything_else_is_talk()
    {
        var verdicts = VerdictReader.Read(
            """
            I looked at {"task": 1} and more.
            {"task": 1, "holds": false, "reason": "first thought"}
            {"task": 1, "holds": true, "reason": "it \u001b[31mholds"}
            {"task": 2, "holds": "yes"}
            {"task": 3, "holds": true}
            {"task": 0, "holds": true}
            {broken}
            """,
            count: 2
        );
        Assert.Equal([new Verdict(0, true, "it holds")], verdicts);
    }
}
