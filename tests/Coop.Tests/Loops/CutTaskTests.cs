using System.Text;
using Coop.Clones;
using Coop.LoopReports;
using Coop.TaskQueue;
using Xunit;

namespace Coop.Loops;

public class CutTaskTests
{
    private const string Branch = "refs/heads/main";
    private const string First = "1111111111111111111111111111111111111111";
    private const string Second = "2222222222222222222222222222222222222222";

    private static readonly DateTimeOffset At = new(2026, 11, 25, 22, 0, 0, TimeSpan.Zero);

    private static readonly LoopLine[] Record = [new("begin", At), Started(1, First), Started(2, First), Started(2, Second)];

    [Fact]
    public void A_killed_run_was_at_the_task_it_had_claimed_from_where_its_last_agent_started() =>
        Assert.Equal(new CutTask(1, "Two", Branch, Second), CutTask.From(Queue("- [x] One\n- [w] Two\n"), Record));

    [Fact]
    public void Without_a_claim_or_a_start_it_was_at_none()
    {
        Assert.Null(CutTask.From(Queue("- [x] One\n- [ ] Two\n"), Record));
        Assert.Null(CutTask.From(Queue("- [x] One\n- [ ] Two\n- [w] Three\n"), Record));
        Assert.Null(CutTask.From(Queue("- [w] One\n"), []));
    }

    [Theory]
    [InlineData("- [x] One\n- [ ] Two\n", true)]
    [InlineData("- [x] One\n- [x] Two\n", false)]
    [InlineData("- [x] One\n- [ ] New\n- [ ] Two\n", false)]
    [InlineData("- [ ] Two\n", false)]
    public void In_a_queue_that_was_written_anew_it_goes_on_only_where_it_was(string queue, bool expected) =>
        Assert.Equal(expected, new CutTask(1, "Two", Branch, Second).IsIn(Queue(queue)));

    [Fact]
    public void Its_next_agent_is_told_what_counts_and_what_is_left()
    {
        CutTask cut = new(1, "Two", Branch, First);
        LoopStart start = new(new BranchPosition(Branch, Second), "1 path is not committed", cut);
        const string Counts = "it was killed; what it committed since 1111111111 counts for this task";
        Assert.Equal("1 path is not committed", start.ReasonFor(0, isFirst: true));
        Assert.Equal(Counts, start.ReasonFor(1, isFirst: false));
        Assert.Equal($"{Counts}; 1 path is not committed", start.ReasonFor(1, isFirst: true));
        Assert.Null((start with { LeftOver = null, Cut = cut with { Start = Second } }).ReasonFor(1, isFirst: true));
    }

    private static TaskDocument Queue(string text) => TaskDocument.Parse(Encoding.UTF8.GetBytes(text), "queue");

    private static LoopLine Started(int task, string start) =>
        new("started", At)
        {
            Task = task,
            Start = start,
            Branch = Branch,
        };
}
