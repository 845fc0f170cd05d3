using System.Text;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Native;
using Coop.Processes;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.ForkLoops;

/// <summary><c>--detach</c>: starts Coop again in the background, and returns when the loop there is under way or has failed.</summary>
internal sealed class ForkLoopDetach(ForkDesk desk)
{
    private const int MostShownBytes = 64 * 1024;

    public async Task<int> StartAsync(ForkLoopPlan plan, CancellationToken cancellationToken)
    {
        var name = plan.Name;
        desk.Store.Prepare();

        // Refused here, so that it does not stand in the log of the one that works.
        ForkLock.Take(desk.Places, name, "coop fork", desk.Doors.Time).Dispose();
        using ShutdownSignals signals = new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, cancellationToken);
        var log = BytePath.From(desk.Places.Log(name).Name);
        using var file = AppendedFile.Open(desk.Places.State, log);
        var from = RandomAccess.GetLength(file);
        ProcessSpec spec = new(
            CString.From(desk.Doors.Host.ExecutablePath),
            [
                .. desk.Doors.Host.Arguments,
                CString.From(ForkLoopOptions.ReadyName),
                CString.From($"{DetachedProcess.ReadyDescriptor}"),
            ]
        );
        var started = DetachedProcess.Start(desk.Doors.Processes, spec, file);
        if (await started.WaitForWordAsync(either.Token) is not { } code)
        {
            desk.Doors.Terminal.Say(
                $"Fork '{name}' is worked in the background, process {started.ProcessId}. Follow: coop fork logs {name} -f. End: coop fork stop {name}"
            );
            return ExitCode.Done;
        }

        Show(file, from);
        return signals.ExitCode ?? code;
    }

    // What it said for itself; the log's own lines are for the log.
    private void Show(Microsoft.Win32.SafeHandles.SafeFileHandle file, long from)
    {
        var bytes = new byte[Math.Min(MostShownBytes, Math.Max(0, RandomAccess.GetLength(file) - from))];
        var count = RandomAccess.Read(file, bytes, from);
        foreach (var line in PlainText.Clean(Encoding.UTF8.GetString(bytes.AsSpan(0, count))).Split('\n'))
        {
            if (line.StartsWith("coop: ", StringComparison.Ordinal))
            {
                desk.Doors.Terminal.Error(line + "\n");
            }
        }
    }
}
