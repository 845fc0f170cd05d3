using System.Text;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Terminal;

namespace Coop.Forks;

/// <summary><c>coop fork logs</c>: what happened in forks.</summary>
internal sealed class ForkLogs(ForkDesk desk)
{
    private const int BufferBytes = 256 * 1024;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    // Up to which part of its log and which byte of that a fork's log was shown.
    private readonly Dictionary<string, (int Part, long At)> shown = new(StringComparer.Ordinal);

    /// <param name="name">Null: all, each line behind its fork's name.</param>
    public async Task<int> RunAsync(string? name, bool follows, CancellationToken cancellationToken)
    {
        var names = name is null
            ? [.. desk.Store.All().Select(record => record.Name)]
            : (string[])[desk.Store.Read(ForkName.Check(name)).Name];
        while (true)
        {
            foreach (var one in names)
            {
                Show(one, name is null ? $"{one}: " : "");
            }

            if (!follows)
            {
                return ExitCode.Done;
            }

            await Task.Delay(Step, desk.Doors.Time, cancellationToken);
        }
    }

    /// <summary>Shows what has come since the last time.</summary>
    public void Show(string name, string prefix)
    {
        ForkLog log = new(desk.Places, name);

        // In this order: when a new part begins between the two, the second one is the first again.
        using var newest = log.OpenNewest();
        using var before = log.OpenBefore();
        if (before is not null && before.Number != newest?.Number && (Seen(name)?.Part ?? 0) <= before.Number)
        {
            Show(name, prefix, before, isComplete: newest is not null);
        }

        if (newest is not null)
        {
            Show(name, prefix, newest, isComplete: false);
        }
    }

    private (int Part, long At)? Seen(string name) => shown.TryGetValue(name, out var seen) ? seen : null;

    // A log can be larger than anybody wants to hold in memory: a loop writes there for days what its agents say.
    private void Show(string name, string prefix, ForkLogPart part, bool isComplete)
    {
        var at = part.StartFor(Seen(name));
        var buffer = new byte[BufferBytes];
        while (RandomAccess.Read(part.File, buffer, at) is var count and > 0)
        {
            var end = buffer.AsSpan(0, count).LastIndexOf((byte)'\n') + 1;
            if (end == 0 && count < buffer.Length && !isComplete)
            {
                break;
            }

            var text = Encoding.UTF8.GetString(buffer, 0, end == 0 ? count : end);
            var lines = PlainText.Clean(text).TrimEnd('\n').Split('\n');
            desk.Doors.Terminal.Out(string.Concat(lines.Select(line => $"{prefix}{line}\n")));
            at += end == 0 ? count : end;
        }

        shown[name] = (part.Number, at);
    }
}
