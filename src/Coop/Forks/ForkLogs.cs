using System.Text;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Forks;

/// <summary><c>coop fork logs</c>: what happened in forks.</summary>
internal sealed class ForkLogs(ForkDesk desk)
{
    private const int BufferBytes = 256 * 1024;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <param name="name">Null: all, each line behind its fork's name.</param>
    public async Task<int> RunAsync(string? name, bool follows, CancellationToken cancellationToken)
    {
        var names = name is null
            ? [.. desk.Store.All().Select(record => record.Name)]
            : (string[])[desk.Store.Read(ForkName.Check(name)).Name];
        Dictionary<string, long> shown = new(StringComparer.Ordinal);
        while (true)
        {
            foreach (var one in names)
            {
                Show(one, name is null ? $"{one}: " : "", shown);
            }

            if (!follows)
            {
                return ExitCode.Done;
            }

            await Task.Delay(Step, desk.Doors.Time, cancellationToken);
        }
    }

    // A log can be larger than anybody wants to hold in memory: a loop writes there for days what its agents say.
    private void Show(string name, string prefix, Dictionary<string, long> shown)
    {
        using var place = OpenTree.OpenRoot(desk.Places.State);
        using var file = SafeFile.TryOpen(OpenTree.Number(place), Encoding.UTF8.GetBytes($"{name}.log"), out var status);
        if (file is null)
        {
            return;
        }

        // A shorter one is another one: the fork was made anew.
        var at = shown.GetValueOrDefault(name);
        at = at > status.Size ? 0 : at;
        var buffer = new byte[BufferBytes];
        while (RandomAccess.Read(file, buffer, at) is var count and > 0)
        {
            var end = buffer.AsSpan(0, count).LastIndexOf((byte)'\n') + 1;
            if (end == 0 && count < buffer.Length)
            {
                break;
            }

            var text = Encoding.UTF8.GetString(buffer, 0, end == 0 ? count : end);
            var lines = PlainText.Clean(text).TrimEnd('\n').Split('\n');
            desk.Doors.Terminal.Out(string.Concat(lines.Select(line => $"{prefix}{line}\n")));
            at += end == 0 ? count : end;
        }

        shown[name] = at;
    }
}
