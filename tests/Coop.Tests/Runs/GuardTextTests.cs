using Coop.Boxes;
using Coop.Storage;
using Xunit;

namespace Coop.Runs;

public class GuardTextTests
{
    [Fact]
    public void Nothing_found_is_nothing_said() => Assert.Equal([], GuardText.Lines(GuardReport.Nothing));

    [Fact]
    public void What_was_moved_noticed_and_would_run_is_said_in_this_order_with_names_made_safe() =>
        Assert.Equal(
            [
                @"moved away: '/p/.git/hooks/a\x1b[31m', a hook that appeared. It is in '/q/1'",
                "The configuration changed.",
                "1 file changed that this machine runs by itself:",
                "  .envrc  when the directory is entered",
            ],
            GuardText.Lines(
                new GuardReport(
                    [new(BytePath.From("/p/.git/hooks/a\u001b[31m"), BytePath.From("/q/1"), "a hook that appeared")],
                    ["The configuration changed."],
                    [new(BytePath.From(".envrc"), 1, "when the directory is entered")]
                )
            )
        );

    [Fact]
    public void After_ten_files_the_rest_is_counted()
    {
        var triggers = Enumerable.Range(0, 12).Select(i => new HostTrigger(BytePath.From($"{i}"), 1, "now"));
        var lines = GuardText.Lines(GuardReport.Nothing with { Triggers = [.. triggers] });
        Assert.Equal("12 files changed that this machine runs by itself:", lines[0]);
        Assert.Equal("  and 2 more: git status", lines[^1]);
        Assert.Equal(12, lines.Count);
    }
}
