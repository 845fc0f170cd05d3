using Coop.TestKit;
using Xunit;

namespace Coop.LoopReports;

public class LoopReportTests
{
    private const string First = "1111111111111111111111111111111111111111";
    private const string Second = "2222222222222222222222222222222222222222";

    private static readonly DateTimeOffset Begin = new(2026, 11, 25, 22, 0, 0, TimeSpan.Zero);

    private static readonly LoopLine[] Night =
    [
        new("begin", Begin)
        {
            Start = First,
            Gate = 1,
            Tasks = ["Good", "Doubted", "Asks", "Never tried"],
        },
        new("limit", At(5))
        {
            Target = "claude",
            Why = "the five-hour limit is reached",
            Until = At(90),
        },
        Iteration(1, "Good", At(95)) with
        {
            Proved = true,
            Start = First,
            End = Second,
            Gate = 0,
            Commits = ["2222222222 add good"],
            Tokens = 1234,
            Cost = 0.5m,
        },
        new("mark", At(95))
        {
            Task = 1,
            Title = "Good",
            State = "done",
        },
        Iteration(2, "Doubted", At(100)) with
        {
            Proved = false,
            Why = "nothing was committed",
            Tokens = 10,
            Undone = ["1 task of the queue removed"],
        },
        Iteration(2, "Doubted", At(110)) with
        {
            Proved = true,
            Start = First,
            End = Second,
            NoChange = "it held already",
            Findings = ["weakens a test: test.sh"],
            Tokens = 20_000,
        },
        new("mark", At(110))
        {
            Task = 2,
            Title = "Doubted",
            State = "done",
        },
        Iteration(3, "Asks", At(115)) with
        {
            Proved = false,
            Claim = "blocked",
            Why = "it waits for a human",
            Cost = 1m,
        },
        new("mark", At(115))
        {
            Task = 3,
            Title = "Asks",
            State = "blocked",
            Question = "- Which colour?",
        },
        new("audit", At(130))
        {
            Round = 1,
            Target = "codex",
            Why = "the auditor gave no verdict",
            Tokens = 6,
        },
        new("mark", At(130))
        {
            Task = 2,
            Title = "Doubted",
            State = "todo",
            Why = "reopened by the audit: half",
            Round = 1,
        },
        new("end", At(131)) { Exit = 4, Why = "The auditor gave no verdict on 1 of 2 tasks." },
    ];

    [Fact]
    public void A_night_is_told_on_a_page() => Snapshot.Match(LoopReportText.Render(LoopReport.From(Night, isUnderWay: false)!));

    [Fact]
    public void What_is_money_time_and_tokens_is_added_up_and_what_is_unknown_is_counted()
    {
        var report = LoopReport.From(Night, isUnderWay: false)!;
        Assert.Equal((5, 3), (report.Runs, report.RunsOfUnknownCost));
        Assert.Equal((1.5m, 21_250L), (report.Cost, report.Tokens));
        Assert.Equal((Begin, At(131), 4), (report.Started, report.Ended, report.Exit));
    }

    [Fact]
    public void What_is_done_and_no_audit_has_found_to_hold_is_named_also_of_a_run_that_was_killed()
    {
        LoopLine[] run = [Night[0] with { Audits = true }, .. Night[2..4], .. Done(2), .. Done(3), Held(1), Held(3)];
        foreach (var lines in (LoopLine[][])[run, [.. run, new("end", At(9)) { Exit = 1, Why = "The time is over." }]])
        {
            var report = LoopReport.From(lines, isUnderWay: false)!;
            Assert.Equal([true, false, true], report.Tasks.Select(task => task.Audited));
            Assert.Equal("Done, but not audited: task 2.", report.ReadFirst[0]);
            var page = LoopReportText.Render(report);
            Assert.Contains("1111111111..2222222222, gate green, audited", page, StringComparison.Ordinal);
            Assert.Contains("1111111111..2222222222, not audited", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Where_nothing_is_audited_nothing_is_said_of_it()
    {
        var report = LoopReport.From([Night[0] with { Audits = false }, .. Done(1)], isUnderWay: false)!;
        Assert.Null(Assert.Single(report.Tasks).Audited);
        Assert.DoesNotContain("audited", LoopReportText.Render(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_that_nobody_told_are_not_taken_for_none()
    {
        LoopLine[] lines = [Night[0], Iteration(1, "Cut", At(1)) with { Ending = "limited" }];
        var report = LoopReport.From(lines, isUnderWay: false)!;
        Assert.Equal((0L, 1), (report.Tokens, report.RunsOfUnknownTokens));
        Assert.Contains(
            "1 agent run, 0 tokens and 1 run that told none, 0.00 USD and 1 run of unknown cost.\n",
            LoopReportText.Render(report),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_loop_that_was_killed_says_so_and_one_that_never_was_says_nothing()
    {
        var killed = LoopReport.From(Night[..4], isUnderWay: false)!;
        Assert.Null(killed.Exit);
        Assert.Contains("killed", killed.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("killed", LoopReport.From(Night[..4], isUnderWay: true)!.Why ?? "", StringComparison.Ordinal);
        Assert.Null(LoopReport.From([], isUnderWay: false));
    }

    [Fact]
    public void A_record_is_read_as_it_was_written_but_for_a_line_that_a_crash_cut_off()
    {
        using TemporaryDirectory directory = new();
        var place = Storage.BytePath.From(directory.PathOf("runs"));
        using (var older = LoopRecord.Begin(place, Begin.AddDays(-1)))
        {
            older.Add(Night[0]);
        }

        using (var record = LoopRecord.Begin(place, Begin))
        {
            Array.ForEach(Night, record.Add);
        }

        File.AppendAllText(Directory.GetFiles(directory.PathOf("runs")).Max(StringComparer.Ordinal)!, "{\"event\":\"iter");
        var read = LoopRecord.ReadLast(place);
        Assert.Equal(Night.Select(line => (line.Event, line.At)), read.Select(line => (line.Event, line.At)));
        Assert.Equal(
            LoopReportText.Render(LoopReport.From(Night, isUnderWay: false)!),
            LoopReportText.Render(LoopReport.From(read, isUnderWay: false)!)
        );
    }

    private static DateTimeOffset At(int minutes) => Begin.AddMinutes(minutes);

    private static LoopLine[] Done(int task) =>
        [
            Iteration(task, $"task {task}", At(task)) with
            {
                Proved = true,
                Start = First,
                End = Second,
            },
            new("mark", At(task)) { Task = task, State = "done" },
        ];

    private static LoopLine Held(int task) => new("held", At(8)) { Task = task, Round = 1 };

    private static LoopLine Iteration(int task, string title, DateTimeOffset at) =>
        new("iteration", at)
        {
            Task = task,
            Title = title,
            Target = "claude",
            Ending = "finished",
            Exit = 0,
        };
}
