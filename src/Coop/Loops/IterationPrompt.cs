using System.Globalization;
using System.Text;
using Coop.LoopDecisions;
using Coop.TaskQueue;

namespace Coop.Loops;

/// <summary>What an agent is told. Pure.</summary>
internal static class IterationPrompt
{
    // The whole text is one argument, of which the kernel takes 128 KiB (execve(2), MAX_ARG_STRLEN).
    private const int MostTaskCharacters = 24_000;

    /// <summary>The trailer of a commit that needs no change of files.</summary>
    public const string NoChangeTrailer = "No-Change:";

    /// <param name="reason">Why the last try did not count; null at first.</param>
    /// <param name="gate">The words of the gate; empty without.</param>
    public static string ForTask(QueuedTask task, string? reason, IReadOnlyList<string> gate)
    {
        StringBuilder text = new();
        text.Append(
            "Work on exactly one task of this repository, and on nothing else. Nobody is there to ask; decide for yourself.\n\n"
        );
        text.Append("The task:\n\n");
        var whole = $"{task.Title}\n{task.Body}";
        text.Append(
            whole.Length <= MostTaskCharacters ? whole : whole[..MostTaskCharacters] + "\n(The rest stands in .agent/TASKS.md.)"
        );
        text.Append(
            """


            Rules, which are checked when you have ended:
            - Commit your work on the current branch, on top of what is there. Never rewrite, reset or drop commits that were there before you. Leave nothing uncommitted (.agent/ aside).
            - Then mark the task in .agent/TASKS.md: change the `[w]` of its line into `[x]`. Change no other line of that file; the other tasks are not yours.
            - If you cannot do it without a human's decision, add the question to .agent/PENDING_DECISIONS.md and change `[w]` into `[B]` instead.

            """
        );
        text.Append(
            $"- If no file needs to change, make an empty commit whose message has a line `{NoChangeTrailer} <reason>`.\n"
        );
        text.Append("- Do not delete, skip or weaken tests, and do not change what checks the work, unless the task says so.\n");
        if (gate.Count > 0)
        {
            text.Append($"- This must succeed on your last commit, in a fresh checkout: {string.Join(' ', gate)}\n");
        }

        if (reason is not null)
        {
            text.Append(
                $"\nAn earlier try did not count: {reason}. Look at what it left (git status, git log) before you begin.\n"
            );
        }

        return text.ToString();
    }

    /// <param name="tasks">Done in this run, with their evidence.</param>
    public static string ForAudit(IReadOnlyList<(QueuedTask Task, Evidence Evidence)> tasks)
    {
        StringBuilder text = new();
        text.Append(
            """
            Other agents have worked on the tasks below. Judge for each one whether what its commits changed does what the task asks, and whether it holds (read the change, run what you need). Be strict: a task that is half done, untested where tests were asked for, or done by weakening a test does not hold. Change nothing: no file, no commit.

            End your answer with one line for each task, each a JSON document of exactly this form, and nothing behind them:
            {"task": 1, "holds": true, "reason": "one sentence"}


            """
        );
        foreach (var (task, evidence) in tasks)
        {
            var whole = $"{task.Title}\n{task.Body}";
            var most = Math.Max(500, MostTaskCharacters / tasks.Count);
            text.Append(
                CultureInfo.InvariantCulture,
                $"Task {task.Index + 1}: {(whole.Length <= most ? whole : whole[..most] + "…")}\n"
            );
            text.Append($"  Commits: {evidence.Start[..10]}..{evidence.End[..10]}\n");
            foreach (var commit in evidence.Commits.Take(20))
            {
                text.Append($"    {commit}\n");
            }

            foreach (var finding in evidence.Findings.Take(10))
            {
                text.Append($"  Look at: {finding}\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
