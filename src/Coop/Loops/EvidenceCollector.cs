using System.Text;
using Coop.Clones;
using Coop.Errors;
using Coop.Gates;
using Coop.LoopDecisions;
using Coop.Masking;
using Coop.Reviews;
using Coop.Scanning;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.Terminal;
using Coop.Trees;

namespace Coop.Loops;

/// <summary>Looks at what an iteration left: commits, tree, gate. Nothing that the agent said is taken for true.</summary>
/// <param name="place">A directory of Coop's own for what is looked at.</param>
internal sealed class EvidenceCollector(ILoopTree tree, HiddenNames names, GateRunner gate, BytePath place)
{
    private const int MostFindings = 40;

    private static readonly BytePath OwnNotes = BytePath.From(".agent");

    // What the gate said of the commit that the loop started with; null when it was not asked.
    private GateOutcome? before;

    /// <summary>What of the tree is not committed, besides Coop's own notes and what no box sees; null when it cannot be told.</summary>
    public async Task<IReadOnlyList<BytePath>?> ListUncommittedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var paths = await tree.ListUncommittedAsync(cancellationToken);
            return [.. paths.Where(path => !IsNote(path) && names.Judge(path) is null)];
        }
        catch (UserError)
        {
            // An agent can damage an index so that git does not read it.
            return null;
        }
    }

    /// <summary>True when the branch still stands on a commit: what was built there is all in its history.</summary>
    public async Task<bool> HoldsAsync(string commit, BranchPosition position, CancellationToken cancellationToken)
    {
        try
        {
            var scratch = await TakeAsync(position.Commit!, cancellationToken);
            return await scratch.MergeBaseAsync(commit, position.Commit!, cancellationToken) == commit;
        }
        catch (UserError)
        {
            // The commit is gone, or what came since does not pass.
            return false;
        }
    }

    /// <summary>Runs the gate on the commit that the loop starts with: what was red before is nobody's fault.</summary>
    public async Task<GateOutcome?> TryGateAsync(BranchPosition position, CancellationToken cancellationToken)
    {
        if (!gate.IsSet)
        {
            return null;
        }

        var scratch = await TakeAsync(position.Commit!, cancellationToken);
        before = await RunGateAsync(scratch, position.Commit!, position.Branch!, cancellationToken);
        return before;
    }

    /// <param name="start">Where the branch stood when the iteration began.</param>
    /// <param name="claim">What the agent made of its task.</param>
    /// <param name="question">What it asks a human; null when it asked nothing.</param>
    public async Task<Evidence> CollectAsync(
        BranchPosition start,
        TaskState? claim,
        string? question,
        CancellationToken cancellationToken
    )
    {
        var position = await tree.PositionAsync(cancellationToken);
        Evidence found = new(start.Commit!, position.Commit ?? start.Commit!) { Claim = claim, Question = question };
        if (position.Commit is null || position.Branch != start.Branch)
        {
            var where = position.Branch is null ? "beside every branch" : $"on '{PlainText.CleanLine(position.BranchName!)}'";
            return found with { Problem = $"HEAD stands {where} instead of on '{start.BranchName}'", IsBroken = true };
        }

        if (position.Commit == start.Commit)
        {
            return found with { Problem = Unclaimed(claim, question) ?? "nothing was committed" };
        }

        ScratchRepository scratch;
        try
        {
            scratch = await TakeAsync(position.Commit, cancellationToken);
        }
        catch (UserError cause)
        {
            return found with { Problem = PlainText.CleanLine(cause.Message).TrimEnd('.'), IsBroken = true };
        }

        if (await scratch.MergeBaseAsync(start.Commit!, position.Commit, cancellationToken) != start.Commit)
        {
            return found with { Problem = $"the history below {start.Commit![..10]} was rewritten", IsBroken = true };
        }

        found = await DescribeAsync(found, scratch, start, cancellationToken);
        found = found with { Problem = found.Problem ?? Unclaimed(claim, question) };
        return found.Problem is null ? await JudgeTreeAsync(found, scratch, start, cancellationToken) : found;
    }

    private static string? Unclaimed(TaskState? claim, string? question) =>
        claim switch
        {
            TaskState.Done => null,
            TaskState.Blocked when question is null => "it was marked blocked without an entry in .agent/PENDING_DECISIONS.md",
            TaskState.Blocked => "it waits for a human",
            _ => "its line in .agent/TASKS.md was not marked done",
        };

    // git names a directory that is new as a whole with a slash behind it.
    private static bool IsNote(BytePath path) => BytePath.From(path.Bytes.TrimEnd((byte)'/')).IsWithin(OwnNotes);

    private async Task<Evidence> DescribeAsync(
        Evidence found,
        ScratchRepository scratch,
        BranchPosition start,
        CancellationToken cancellationToken
    )
    {
        DossierCollector collector = new(scratch, names, SecretScanner.Standard(), gate.Command);
        var dossier = await collector.CollectAsync("", start.BranchName!, found.Start, found.End, [], cancellationToken);
        var root = await scratch.CheckedAsync(cancellationToken, "rev-parse", $"{found.End}^{{tree}}");
        var described = found with
        {
            Tree = Encoding.ASCII.GetString(root.Span).Trim(),
            Commits =
            [
                .. dossier.Commits.Select(commit => $"{commit.Commit.ShortId} {PlainText.CleanLine(commit.Commit.Subject)}"),
            ],
            Findings = [.. dossier.Findings.Select(DossierText.Line).Take(MostFindings)],
        };
        if (dossier.Files.Any(file => !IsNote(file.Path)))
        {
            return described;
        }

        var reason = dossier
            .Commits.SelectMany(commit => commit.Commit.Message.Split('\n'))
            .LastOrDefault(line => line.StartsWith(IterationPrompt.NoChangeTrailer, StringComparison.OrdinalIgnoreCase));
        var stated = reason is null ? "" : PlainText.CleanLine(reason[IterationPrompt.NoChangeTrailer.Length..]).Trim();
        return stated.Length > 0
            ? described with
            {
                NoChange = stated,
            }
            : described with
            {
                Problem = $"its commits change no file, and none says why ({IterationPrompt.NoChangeTrailer} …)",
            };
    }

    private async Task<Evidence> JudgeTreeAsync(
        Evidence found,
        ScratchRepository scratch,
        BranchPosition start,
        CancellationToken cancellationToken
    )
    {
        var uncommitted = await ListUncommittedAsync(cancellationToken);
        if (uncommitted is null)
        {
            return found with { Problem = "what is not committed cannot be told" };
        }

        if (uncommitted.Count > 0)
        {
            return found with
            {
                Problem =
                    $"{uncommitted.Count} {(uncommitted.Count == 1 ? "path is" : "paths are")} not committed ('{uncommitted[0]}')",
            };
        }

        if (!gate.IsSet)
        {
            return found;
        }

        var outcome = await RunGateAsync(scratch, found.End, start.Branch!, cancellationToken);
        return found with
        {
            Gate = outcome.ExitCode,
            Problem = outcome.IsGreen
                ? null
                : $"the gate ({string.Join(' ', gate.Command)}) is red, {RedGateText.Render(outcome, before)}",
        };
    }

    private async Task<GateOutcome> RunGateAsync(
        ScratchRepository scratch,
        string commit,
        string branch,
        CancellationToken cancellationToken
    ) => await gate.RunAsync(scratch, place.Join("gate").Join(tree.Repository.Name), commit, branch, cancellationToken);

    // Made anew each time: nothing of an earlier look is left in it.
    private async Task<ScratchRepository> TakeAsync(string commit, CancellationToken cancellationToken)
    {
        var directory = place.Join("scratch");
        TreeRemoval.Remove(directory);
        Directory.CreateDirectory(GitDirectoryWriter.Text(directory));
        return await tree.TakeAsync(directory, commit, cancellationToken);
    }
}
