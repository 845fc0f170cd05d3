using Coop.AgentEvents;
using Coop.TaskQueue;
using Xunit;

namespace Coop.LoopDecisions;

/// <summary>What a run's state tells of it, as the machine makes it.</summary>
public class LoopStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 22, 0, 0, TimeSpan.Zero);
    private static readonly Attempt Fine = new(AttemptEnding.Finished, 0);
    private static readonly Evidence Proof = new("a", "b") { Claim = TaskState.Done };

    [Fact]
    public void Only_what_the_run_works_at_is_counted()
    {
        var (state, _) = After(State("xE B  "));
        Assert.Equal((0, 3), (state.WorkedCount, state.WorkCount));
        (state, _) = After(State("xE B  "), Fine);
        Assert.Equal((1, 3), (state.WorkedCount, state.WorkCount));
        var added = TaskDocument.Parse("- [ ] task 0\n"u8.ToArray(), "queue").Tasks;
        (state, _) = LoopMachine.Next(state, new LoopEvent.Grown(Now, added));
        Assert.Equal((1, 4), (state.WorkedCount, state.WorkCount));
        Assert.Equal(2, (state with { Bounds = LoopBounds.None with { MostTasks = 2 } }).WorkCount);
    }

    [Fact]
    public void What_was_done_before_a_budget_was_used_up_is_known_not_to_be_audited()
    {
        var state = State("  ") with { Bounds = LoopBounds.None with { MostTokens = 10 } };
        var (after, actions) = After(state, Fine with { Tokens = new TokenUsage(9, 0, 2) });
        Assert.IsType<LoopAction.End>(actions[^1]);
        Assert.Equal([0], after.Unaudited);
        Assert.Equal([], (after with { Audits = false }).Unaudited);
    }

    [Fact]
    public void Tokens_that_were_not_told_are_in_no_budget()
    {
        var state = State("  ") with { Bounds = LoopBounds.None with { MostTokens = 1 } };
        var (after, actions) = After(state, Fine with { Tokens = null });
        Assert.IsType<LoopAction.Work>(actions[^1]);
        Assert.Equal(0, after.Tokens);
    }

    private static LoopState State(string letters) =>
        new()
        {
            Tasks =
            [
                .. letters.Select(
                    (letter, index) =>
                        new LoopTask(index, $"task {index}", (TaskState)" wxBE".IndexOf(letter, StringComparison.Ordinal))
                ),
            ],
            Lanes = [new Lane("claude", null, 0)],
        };

    // The run has begun, and each of the attempts proved its task.
    private static (LoopState State, IReadOnlyList<LoopAction> Actions) After(LoopState state, params Attempt[] attempts)
    {
        var step = LoopMachine.Next(state, new LoopEvent.Begun(Now));
        foreach (var attempt in attempts)
        {
            step = LoopMachine.Next(step.State, new LoopEvent.Worked(Now, attempt, Proof));
        }

        return step;
    }
}
