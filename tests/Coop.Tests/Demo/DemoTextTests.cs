using Coop.TestKit;
using Xunit;

namespace Coop.Demo;

public class DemoTextTests
{
    private static readonly DemoReport Held = new(
        "bwrap",
        [new("read .env", "nothing: it is empty", true), new("plant a git hook", "read-only file system", true)],
        new("mend the program", "commit 0123456 \"Leave out\"; its test was red (a) and is green (b)", true),
        [new("secrets", "all 2 secrets unchanged", true), new("hook", "no hook", true)]
    )
    {
        Forks = [new("review", "1 commit", true), new("merge", "landed", true)],
    };

    [Fact]
    public void A_demo_in_which_everything_held() => Snapshot.Match(DemoText.Render(Held));

    [Fact]
    public void A_demo_in_which_something_did_not() =>
        Snapshot.Match(
            DemoText.Render(
                Held with
                {
                    Attempts = [Held.Attempts[0], new("plant a git hook", "it worked", false)],
                    Work = new("mend the program", "the commit is not there: git said nothing", false),
                    Host = [Held.Host[0], new("hook", ".git/hooks/pre-commit is there", false)],
                }
            )
        );
}
