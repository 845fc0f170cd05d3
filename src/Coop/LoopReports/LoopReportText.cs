using System.Globalization;
using System.Text;
using Coop.Formats;

namespace Coop.LoopReports;

/// <summary>The page for the morning, for people. Pure.</summary>
internal static class LoopReportText
{
    private const int MostCommits = 5;

    public static string Render(LoopReport report)
    {
        StringBuilder page = new();
        var culture = CultureInfo.InvariantCulture;
        page.Append(
            culture,
            $"Loop{(report.Fork is null ? "" : $" in fork '{report.Fork}'")} of {report.Started:yyyy-MM-dd HH:mm} UTC, {Duration.Format(report.Ended - report.Started)}. {report.Why}\n"
        );
        page.Append(culture, $"{Runs(report.Runs, "agent run")}, {LoopBoard.Tokens(report.Tokens)}");
        page.Append(report.RunsOfUnknownTokens > 0 ? $" and {Runs(report.RunsOfUnknownTokens, "run")} that told none, " : ", ");
        page.Append(LoopBoard.Dollars(report.Cost));
        page.Append(report.RunsOfUnknownCost > 0 ? $" and {Runs(report.RunsOfUnknownCost, "run")} of unknown cost.\n" : ".\n");
        List(page, "Read first", report.ReadFirst);
        Section(page, "Done", report.Tasks.Where(task => task.State == "done"), Proof);
        Section(page, "Blocked", report.Tasks.Where(task => task.State == "blocked"), task => task.Why ?? "");
        Section(
            page,
            "Not done",
            report.Tasks.Where(task => task.State is not ("done" or "blocked")),
            task => task.Why ?? (task.Problems is [.., var last] ? last : "")
        );
        List(page, "Limits met", report.Limits);
        return page.ToString();
    }

    private static string Proof(LoopReportTask task)
    {
        var gate = task.Gate is null ? "" : ", gate green";
        var audit = task.Audited switch
        {
            true => ", audited",
            false => ", not audited",
            null => "",
        };
        var reopened = task.Reopened > 0 ? $", reopened {Times(task.Reopened)}" : "";
        var tries = task.Tries > 1 ? $", {task.Tries} tries" : "";
        var commits = task.Commits.Take(MostCommits).Select(commit => $"\n    {commit}");
        return $"{task.Start?[..10]}..{task.End?[..10]}{gate}{audit}{tries}{reopened}{string.Concat(commits)}{(task.Commits.Count > MostCommits ? "\n    …" : "")}";
    }

    private static string Runs(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private static void Section(
        StringBuilder page,
        string title,
        IEnumerable<LoopReportTask> tasks,
        Func<LoopReportTask, string> detail
    ) =>
        List(
            page,
            title,
            [
                .. tasks.Select(task =>
                    $"{task.Number}. {task.Title}{(detail(task) is { Length: > 0 } text ? $"\n    {text}" : "")}"
                ),
            ]
        );

    private static void List(StringBuilder page, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        page.Append($"\n{title}\n");
        foreach (var line in lines)
        {
            page.Append($"  {line}\n");
        }
    }
}
