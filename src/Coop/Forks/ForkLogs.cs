using System.Text;
using Coop.Errors;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Forks;

/// <summary><c>coop fork logs</c>: what happened in forks.</summary>
internal sealed class ForkLogs(ForkDesk desk)
{
    private const int MostBytes = 16 << 20;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <param name="name">Null: all, each line behind its fork's name.</param>
    public async Task<int> RunAsync(string? name, bool follows, CancellationToken cancellationToken)
    {
        var names = name is null
            ? [.. desk.Store.All().Select(record => record.Name)]
            : (string[])[desk.Store.Read(ForkName.Check(name)).Name];
        Dictionary<string, int> shown = new(StringComparer.Ordinal);
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

    private void Show(string name, string prefix, Dictionary<string, int> shown)
    {
        var bytes = SafeFile.Read(desk.Places.State, BytePath.From($"{name}.log"), MostBytes) ?? [];
        var from = Math.Min(shown.GetValueOrDefault(name), bytes.Length);
        var end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (end <= from)
        {
            return;
        }

        var lines = PlainText.Clean(Encoding.UTF8.GetString(bytes.AsSpan(from, end - from))).TrimEnd('\n').Split('\n');
        desk.Doors.Terminal.Out(string.Concat(lines.Select(line => $"{prefix}{line}\n")));
        shown[name] = end;
    }
}
