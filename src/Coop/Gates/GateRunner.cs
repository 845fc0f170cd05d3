using System.Text;
using Coop.Boxes;
using Coop.Clones;
using Coop.Native;
using Coop.Runs;
using Coop.Storage;
using Coop.Trees;

namespace Coop.Gates;

/// <summary>Runs the gate on one commit, in a box that gets nothing of the user's.</summary>
/// <param name="sessions">Makes a session for a directory as repository.</param>
/// <param name="command">The words of <c>COOP_GATE</c>.</param>
internal sealed class GateRunner(Func<BytePath, RunSession> sessions, IReadOnlyList<string> command)
{
    public bool IsSet => command.Count > 0;

    public IReadOnlyList<string> Command => command;

    /// <param name="place">A directory of Coop's for the export; the caller removes it.</param>
    public async Task<GateOutcome> RunAsync(
        ScratchRepository scratch,
        BytePath place,
        string commit,
        string branch,
        CancellationToken cancellationToken
    )
    {
        await GateExport.MakeAsync(scratch, place, commit, branch, cancellationToken);
        BoxRequest request = new(BoxRole.Gate, [.. command.Select(word => CString.From(word))], Agent: null) { IsForeign = true };
        var run = await sessions(place).CaptureAsync(request, takesErrors: true, cancellationToken);
        TreeRemoval.Remove(place);
        return new GateOutcome(run.ExitCode, Terminal.PlainText.Clean(Encoding.UTF8.GetString(run.Output.Span)));
    }
}
