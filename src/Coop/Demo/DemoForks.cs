using Coop.Boxes;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Forks;
using Coop.Native;
using Coop.Runs;

namespace Coop.Demo;

/// <summary>The demo's second half: work is handed to two forks; one lands, and the gate keeps the other out.</summary>
internal sealed class DemoForks(RunDoors doors, HeardTerminal heard)
{
    /// <summary>The gate: the project's own test.</summary>
    public const string Gate = "sh test.sh";

    private const string Good = "since";
    private const string Bad = "shortcut";

    private const string GoodWork = """
        printf '#!/bin/sh\n# Counts the leap years up to a year.\necho $(($1 / 4 - $1 / 100 + $1 / 400))\n' > count.sh
        git add count.sh && git commit --quiet --message="Count leap years"
        """;

    private const string BadWork = """
        printf '#!/bin/sh\necho yes\n' > leap.sh
        git commit --quiet --all --message="Make it faster"
        """;

    /// <summary>What was done, and whether it came out as it must.</summary>
    public async Task<IReadOnlyList<DemoRow>> PlayAsync(CancellationToken cancellationToken)
    {
        await WorkAsync(Good, GoodWork, cancellationToken);
        await WorkAsync(Bad, BadWork, cancellationToken);
        var desk = await ForkDesk.OpenAsync(doors, cancellationToken);
        var start = (await desk.PositionAsync(cancellationToken)).Commit;
        var reviewed = await new ForkReviewer(desk).RunAsync(
            Good,
            new ForkReviewOptions(Stat: false, Tool: false, Open: false, Gate: false, Json: false),
            cancellationToken
        );
        var first = heard.Output.Split('\n')[0];
        ForkMergeOptions options = new(Yes: true, Force: false, Remove: true);
        var landed = await new ForkMerger(desk).RunAsync(Good, options, cancellationToken) == ExitCode.Done;
        var between = (await desk.PositionAsync(cancellationToken)).Commit;
        var refusal = await RefusalAsync(desk, options, cancellationToken);
        var end = (await desk.PositionAsync(cancellationToken)).Commit;
        await new ForkRemover(desk).RunAsync(Bad, force: true, cancellationToken);
        return
        [
            new DemoRow(
                "review",
                first,
                reviewed == ExitCode.Done && first.Contains("1 commit for main", StringComparison.Ordinal)
            ),
            new DemoRow("merge", "gate green, rebased and landed", landed && between != start),
            new DemoRow(
                $"merge {Bad}",
                $"{refusal.TrimEnd('.')}; the branch did not move",
                refusal.Contains("gate is red", StringComparison.Ordinal) && end == between
            ),
        ];
    }

    private async Task WorkAsync(string name, string script, CancellationToken cancellationToken)
    {
        BoxRequest request = new(BoxRole.Demo, CString.List("sh", "-c", script), Agent: null);
        await new ForkEntry(doors).CaptureAsync(name, request, cancellationToken);
    }

    private static async Task<string> RefusalAsync(ForkDesk desk, ForkMergeOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await new ForkMerger(desk).RunAsync(Bad, options, cancellationToken);
            return "it landed";
        }
        catch (UserError refusal)
        {
            return refusal.Message;
        }
    }
}
