using Coop.AgentEvents;
using Coop.Errors;
using Coop.TaskQueue;
using Xunit;

namespace Coop.LoopDecisions;

public class LoopMachineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 22, 0, 0, TimeSpan.Zero);
    private static readonly Attempt Fine = new(AttemptEnding.Finished, 0);
    private static readonly Attempt Crash = new(AttemptEnding.Failed, 1);
    private static readonly Evidence Proof = new("a", "b") { Claim = TaskState.Done };
    private static readonly Evidence Nothing = new("a", "a") { Claim = TaskState.Done, Problem = "nothing was committed" };

    [Fact]
    public void A_run_begins_by_claiming_the_first_open_task_and_working_it()
    {
        var (_, actions) = LoopMachine.Next(
            State("done", "open", "open") with
            {
                Tasks = Tasks("xE  "),
            },
            new LoopEvent.Begun(Now)
        );
        Assert.Equal([new LoopAction.Mark(2, TaskState.Claimed, null, null), new LoopAction.Work(2, 0, null, null)], actions);
    }

    [Fact]
    public void A_task_that_is_proved_is_done_and_the_next_one_begins()
    {
        var (state, actions) = Play(State("one", "two"), new LoopEvent.Worked(Now, Fine, Proof));
        Assert.Equal(TaskState.Done, state.Tasks[0].State);
        Assert.Equal(1, Assert.IsType<LoopAction.Work>(actions[^1]).Task);
    }

    [Fact]
    public void A_claim_without_proof_is_tried_again_with_the_reason_and_blocked_at_the_third_time()
    {
        var (state, actions) = Play(State("one"), new LoopEvent.Worked(Now, Fine, Nothing));
        Assert.IsType<LoopAction.Pause>(actions[^1]);
        (state, actions) = LoopMachine.Next(state, new LoopEvent.Waited(Now));
        Assert.Equal("nothing was committed", Assert.IsType<LoopAction.Work>(actions[^1]).Reason);
        (state, _) = LoopMachine.Next(state, new LoopEvent.Worked(Now, Fine, Nothing));
        (state, _) = LoopMachine.Next(state, new LoopEvent.Waited(Now));
        (state, actions) = LoopMachine.Next(state, new LoopEvent.Worked(Now, Fine, Nothing));
        Assert.Equal(TaskState.Blocked, state.Tasks[0].State);
        Assert.Equal(ExitCode.NeedsHuman, Assert.IsType<LoopAction.End>(actions[^1]).Code);
    }

    [Fact]
    public void A_task_on_which_the_agent_crashes_is_given_up_at_the_fifth_time()
    {
        var state = State("one");
        IReadOnlyList<LoopAction> actions = [];
        (state, _) = LoopMachine.Next(state, new LoopEvent.Begun(Now));
        for (var times = 1; times <= LoopRules.MostFailures; times++)
        {
            Assert.Equal(times - 1, state.Tasks[0].Failures);
            (state, actions) = LoopMachine.Next(state, new LoopEvent.Worked(Now, Crash, null));
            (state, _) = actions[^1] is LoopAction.Pause ? LoopMachine.Next(state, new LoopEvent.Waited(Now)) : (state, actions);
        }

        Assert.Contains("5 tries", Assert.IsType<LoopAction.Mark>(actions[0]).Question, StringComparison.Ordinal);
        Assert.IsType<LoopAction.End>(actions[^1]);
    }

    [Fact]
    public void An_agent_that_commits_nothing_for_three_tasks_in_a_row_is_not_started_on_all_the_others()
    {
        var (state, end, works) = PlayOut(State("one", "two", "three", "four"), Nothing);
        Assert.Equal((ExitCode.Failed, 9), (end.Code, works));
        Assert.Equal("BBB ", Letters(state));
    }

    [Fact]
    public void Hard_tasks_do_not_end_a_night_in_which_the_agent_works()
    {
        Evidence red = new("a", "b") { Claim = TaskState.Done, Problem = "the gate is red" };
        var (state, end, works) = PlayOut(State("one", "two", "three", "four"), red);
        Assert.Equal((ExitCode.NeedsHuman, 12), (end.Code, works));
        Assert.Equal("BBBB", Letters(state));
    }

    [Fact]
    public void An_agent_that_crashes_after_it_proved_its_work_has_done_it()
    {
        var (state, _) = Play(State("one"), new LoopEvent.Worked(Now, Crash, Proof));
        Assert.Equal(TaskState.Done, state.Tasks[0].State);
    }

    [Fact]
    public void A_blocked_task_needs_its_question()
    {
        Evidence mute = new("a", "a") { Claim = TaskState.Blocked, Problem = "no entry" };
        Assert.Equal(TaskState.Claimed, Play(State("one"), new LoopEvent.Worked(Now, Fine, mute)).State.Tasks[0].State);
        var asked = mute with { Question = "Which colour?" };
        var (state, actions) = Play(State("one"), new LoopEvent.Worked(Now, Fine, asked));
        Assert.Equal(TaskState.Blocked, state.Tasks[0].State);
        Assert.Equal(ExitCode.NeedsHuman, Assert.IsType<LoopAction.End>(actions[^1]).Code);
    }

    [Fact]
    public void A_limit_is_waited_out_and_the_same_task_and_conversation_go_on()
    {
        var reset = Now.AddHours(2);
        var (state, actions) = Play(State("one"), new LoopEvent.Worked(Now, Limited(reset), Nothing));
        var pause = Assert.IsType<LoopAction.Pause>(Assert.Single(actions));
        Assert.True(pause.IsLimit);
        Assert.InRange(pause.Until, reset, reset.AddMinutes(1));
        (state, actions) = LoopMachine.Next(state, new LoopEvent.Waited(pause.Until));
        Assert.Equal(new LoopAction.Work(0, 0, "conversation", null), Assert.Single(actions));
        Assert.Equal(0, state.Tasks[0].Failures + state.Tasks[0].Returns);
    }

    [Fact]
    public void A_limit_moves_the_task_to_the_next_free_target_in_a_new_conversation()
    {
        var state = State("one") with { Lanes = [new Lane("claude", null, 0), new Lane("codex", null, 0)] };
        var (_, actions) = Play(state, new LoopEvent.Worked(Now, Limited(Now.AddHours(2)), Nothing));
        Assert.Equal(new LoopAction.Work(0, 1, null, null), Assert.Single(actions));
    }

    [Theory]
    [InlineData(9999, 7 * 24)]
    [InlineData(5, 5)]
    public void Nothing_is_waited_for_longer_than_providers_document(int hours, int most)
    {
        var until = LoopRules.FreeAgain(new LimitHit(LimitKind.Window, Now.AddHours(hours), ""), Now, 0);
        Assert.InRange(
            until - Now,
            TimeSpan.FromHours(most) - TimeSpan.FromMinutes(1),
            TimeSpan.FromHours(most) + TimeSpan.FromMinutes(1)
        );
    }

    [Theory]
    [InlineData(-30, 60)]
    [InlineData(0, 60)]
    [InlineData(30, 31)]
    [InlineData(-600, 30 * 60)]
    public void A_minute_that_was_told_is_waited_out_to_its_end(int resetAfter, int expected) =>
        Assert.Equal(
            TimeSpan.FromSeconds(expected),
            LoopRules.FreeAgain(new LimitHit(LimitKind.Window, Now.AddSeconds(resetAfter), ""), Now, 0) - Now
        );

    [Fact]
    public void A_refusal_without_a_time_is_probed_ever_more_rarely()
    {
        LimitHit limit = new(LimitKind.Rate, null, "");
        var waits = Enumerable.Range(0, 6).Select(probes => LoopRules.FreeAgain(limit, Now, probes) - Now).ToList();
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(TimeSpan.FromMinutes(1), waits[0]);
        Assert.Equal(TimeSpan.FromMinutes(15), waits[^1]);
    }

    [Fact]
    public void An_audit_reopens_what_does_not_hold_and_ends_when_all_of_it_does()
    {
        var (state, actions) = Play(State("one"), new LoopEvent.Worked(Now, Fine, Proof));
        Assert.Equal([0], Assert.IsType<LoopAction.Audit>(actions[^1]).Tasks);
        (state, actions) = LoopMachine.Next(state, new LoopEvent.Audited(Now, Fine, [new Verdict(0, false, "half")], null));
        Assert.Contains("half", Assert.IsType<LoopAction.Work>(actions[^1]).Reason, StringComparison.Ordinal);
        (state, actions) = LoopMachine.Next(state, new LoopEvent.Worked(Now, Fine, Proof));
        Assert.Equal(2, Assert.IsType<LoopAction.Audit>(actions[^1]).Round);
        (_, actions) = LoopMachine.Next(state, new LoopEvent.Audited(Now, Fine, [new Verdict(0, true, "")], null));
        Assert.Equal(ExitCode.Done, Assert.IsType<LoopAction.End>(Assert.Single(actions)).Code);
    }

    [Fact]
    public void An_auditor_without_a_verdict_reopens_nothing_and_the_answer_is_incomplete()
    {
        var (state, _) = Play(State("one"), new LoopEvent.Worked(Now, Fine, Proof));
        var (after, actions) = LoopMachine.Next(state, new LoopEvent.Audited(Now, Fine, [], null));
        Assert.Equal(ExitCode.Incomplete, Assert.IsType<LoopAction.End>(Assert.Single(actions)).Code);
        Assert.Equal(TaskState.Done, after.Tasks[0].State);
    }

    [Fact]
    public void A_broken_history_gets_one_chance_to_be_mended()
    {
        var broken = Nothing with { IsBroken = true };
        var (state, actions) = Play(State("one", "two"), new LoopEvent.Worked(Now, Fine, broken));
        Assert.IsType<LoopAction.Pause>(actions[^1]);
        (state, _) = LoopMachine.Next(state, new LoopEvent.Waited(Now));
        (state, actions) = LoopMachine.Next(state, new LoopEvent.Worked(Now, Fine, broken));
        Assert.Equal(ExitCode.Failed, Assert.IsType<LoopAction.End>(actions[^1]).Code);
        Assert.Equal(TaskState.Todo, state.Tasks[0].State);
    }

    [Fact]
    public void The_users_wish_to_end_gives_the_claim_back()
    {
        var (state, actions) = Play(State("one"), new LoopEvent.Worked(Now, new Attempt(AttemptEnding.Interrupted, 130), null));
        Assert.Equal(TaskState.Todo, state.Tasks[0].State);
        Assert.Equal(ExitCode.Interrupted, Assert.IsType<LoopAction.End>(actions[^1]).Code);
    }

    [Fact]
    public void A_budget_that_is_used_up_ends_the_run_between_tasks()
    {
        var state = State("one", "two") with { Bounds = LoopBounds.None with { MostCost = 1 } };
        var (after, actions) = Play(state, new LoopEvent.Worked(Now, Fine with { Cost = 1.5m }, Proof));
        Assert.Equal(ExitCode.Failed, Assert.IsType<LoopAction.End>(actions[^1]).Code);
        Assert.Equal(TaskState.Todo, after.Tasks[1].State);
    }

    [Fact]
    public void A_full_run_audits_what_it_did_and_leaves_the_rest()
    {
        var state = State("one", "two") with { Bounds = LoopBounds.None with { MostTasks = 1 } };
        var (after, actions) = Play(state, new LoopEvent.Worked(Now, Fine, Proof));
        Assert.IsType<LoopAction.Audit>(actions[^1]);
        (_, actions) = LoopMachine.Next(after, new LoopEvent.Audited(Now, Fine, [new Verdict(0, true, "")], null));
        Assert.Equal(ExitCode.Done, Assert.IsType<LoopAction.End>(actions[^1]).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_agents_do_every_run_ends_and_no_task_is_lost_or_worked_twice_at_once(int seed)
    {
        Random random = new(seed);
        for (var round = 0; round < 400; round++)
        {
            var state = State([.. Enumerable.Range(0, random.Next(1, 6)).Select(number => $"task {number}")]) with
            {
                Lanes = [new Lane("a", null, 0), new Lane("b", null, 0)],
                AsksOnFailure = random.Next(4) == 0,
            };
            LoopEvent next = new LoopEvent.Begun(Now);
            var limits = 20;
            HashSet<int> held = [];
            for (var steps = 0; ; steps++)
            {
                Assert.True(steps < 2_000, "it does not end");
                var before = state;
                (state, var actions) = LoopMachine.Next(state, next);
                Assert.Equal(before.Tasks.Select(task => task.Title), state.Tasks.Select(task => task.Title));
                Assert.True(state.Tasks.Count(task => task.State == TaskState.Claimed) <= 1);
                Assert.All(state.Tasks, task => Assert.False(task.State == TaskState.Done && task.Done is null));
                CheckWork(state, actions[^1], held);
                if (actions[^1] is LoopAction.End end)
                {
                    Assert.DoesNotContain(state.Tasks, task => task.State == TaskState.Claimed);
                    Assert.True(
                        end.Code is not (ExitCode.Done or ExitCode.NeedsHuman) || !state.Tasks.Any(task => task.IsOpen),
                        $"tasks were lost: {end.Why}"
                    );
                    break;
                }

                next = Answer(actions[^1], random, ref limits);
                state = Marked(state, actions);
                state = random.Next(20) == 0 && state.Tasks.Count < 8 ? Grown(state) : state;
            }
        }
    }

    // Only a claimed task is worked, and one that held at an audit is neither worked nor audited again.
    private static void CheckWork(LoopState state, LoopAction action, HashSet<int> held)
    {
        if (action is LoopAction.Work work)
        {
            Assert.Equal(TaskState.Claimed, state.Tasks[work.Task].State);
            Assert.DoesNotContain(work.Task, held);
        }

        if (action is LoopAction.Audit audit)
        {
            Assert.All(audit.Tasks, task => Assert.Equal(TaskState.Done, state.Tasks[task].State));
            Assert.Empty(audit.Tasks.Intersect(held));
        }

        held.UnionWith(state.Tasks.Where(task => task.IsAudited).Select(task => task.Index));
    }

    private static LoopState Grown(LoopState state)
    {
        var text = string.Concat(Enumerable.Range(0, state.Tasks.Count + 1).Select(number => $"- [ ] task {number}\n"));
        var added = TaskDocument.Parse(System.Text.Encoding.UTF8.GetBytes(text), "queue").Tasks[^1];
        return LoopMachine.Next(state, new LoopEvent.Grown(Now, [added])).State;
    }

    [Fact]
    public void Where_a_person_is_asked_they_decide_and_no_number_of_tries_does()
    {
        var (state, actions) = Play(State("one", "two") with { AsksOnFailure = true }, new LoopEvent.Worked(Now, Fine, Nothing));
        for (var times = 0; times < 10; times++)
        {
            Assert.Equal([new LoopAction.Ask(0, "nothing was committed")], actions);
            (state, actions) = LoopMachine.Next(state, new LoopEvent.Decided(Now, FailureChoice.Retry));
            Assert.Equal([new LoopAction.Work(0, 0, null, "nothing was committed")], actions);
            (state, actions) = LoopMachine.Next(state, new LoopEvent.Worked(Now, Fine, Nothing));
        }

        var (left, next) = LoopMachine.Next(state, new LoopEvent.Decided(Now, FailureChoice.GoOn));
        Assert.Equal(TaskState.Blocked, left.Tasks[0].State);
        Assert.Equal(1, Assert.IsType<LoopAction.Work>(next[^1]).Task);
        var (stopped, end) = LoopMachine.Next(state, new LoopEvent.Decided(Now, FailureChoice.Stop));
        Assert.Equal(TaskState.Todo, stopped.Tasks[0].State);
        Assert.Equal(new LoopAction.End(ExitCode.Failed, "You ended it at task 1: nothing was committed."), end[^1]);
    }

    private static LoopEvent Answer(LoopAction action, Random random, ref int limits)
    {
        var attempt = random.Next(60) switch
        {
            59 => new Attempt(AttemptEnding.Interrupted, 130),
            var other => Attempted(other % 5, random, ref limits),
        };
        return action switch
        {
            LoopAction.Work => new LoopEvent.Worked(
                Now,
                attempt,
                random.Next(20) switch
                {
                    <= 4 => Nothing,
                    5 => Nothing with { IsBroken = true },
                    <= 9 => new Evidence("a", "a") { Claim = TaskState.Blocked, Question = "?" },
                    <= 13 => null,
                    _ => Proof,
                }
            ),
            LoopAction.Pause => random.Next(100) == 0 ? new LoopEvent.Interrupted(Now) : new LoopEvent.Waited(Later(action)),
            LoopAction.Ask => new LoopEvent.Decided(Now, (FailureChoice)random.Next(3)),
            LoopAction.Audit audit => new LoopEvent.Audited(
                Now,
                attempt,
                [.. audit.Tasks.Where(_ => random.Next(50) > 0).Select(task => new Verdict(task, random.Next(2) == 0, "why"))],
                random.Next(50) == 0 ? "the auditor changed files" : null
            ),
            _ => throw new InvalidOperationException($"{action} leads nowhere."),
        };
    }

    private static DateTimeOffset Later(LoopAction action) => ((LoopAction.Pause)action).Until;

    private static Attempt Attempted(int kind, Random random, ref int limits) =>
        kind switch
        {
            0 => Crash,
            1 when limits-- > 0 => Limited(random.Next(2) == 0 ? Now.AddMinutes(5) : null),
            2 => new Attempt(AttemptEnding.Silent, 143),
            _ => Fine,
        };

    // What the queue is told last of a task is what the machine holds of it.
    private static LoopState Marked(LoopState state, IReadOnlyList<LoopAction> actions)
    {
        Assert.All(
            actions.OfType<LoopAction.Mark>().GroupBy(mark => mark.Task),
            marks => Assert.Equal(state.Tasks[marks.Key].State, marks.Last().State)
        );
        return state;
    }

    private static Attempt Limited(DateTimeOffset? reset) =>
        new(AttemptEnding.Limited, 1) { Limit = new LimitHit(LimitKind.Window, reset, "5-hour limit"), Session = "conversation" };

    private static LoopState State(params string[] titles) =>
        new()
        {
            Tasks = [.. titles.Select((title, index) => new LoopTask(index, title, TaskState.Todo))],
            Lanes = [new Lane("claude", null, 0)],
        };

    private static IReadOnlyList<LoopTask> Tasks(string letters) =>
        [
            .. letters.Select(
                (letter, index) =>
                    new LoopTask(index, $"task {index}", (TaskState)" wxBE".IndexOf(letter, StringComparison.Ordinal))
            ),
        ];

    private static string Letters(LoopState state) => string.Concat(state.Tasks.Select(task => " wxBE"[(int)task.State]));

    // Every agent leaves the same.
    private static (LoopState State, LoopAction.End End, int Works) PlayOut(LoopState state, Evidence found)
    {
        LoopEvent next = new LoopEvent.Begun(Now);
        for (var works = 0; ; )
        {
            (state, var actions) = LoopMachine.Next(state, next);
            if (actions[^1] is LoopAction.End end)
            {
                return (state, end, works);
            }

            works += actions[^1] is LoopAction.Work ? 1 : 0;
            next = actions[^1] is LoopAction.Work ? new LoopEvent.Worked(Now, Fine, found) : new LoopEvent.Waited(Now);
        }
    }

    private static (LoopState State, IReadOnlyList<LoopAction> Actions) Play(LoopState state, LoopEvent happened) =>
        LoopMachine.Next(LoopMachine.Next(state, new LoopEvent.Begun(Now)).State, happened);
}
