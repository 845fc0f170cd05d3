using System.Globalization;
using System.Text;
using Coop.Terminal;

namespace Coop.Forks;

/// <summary>The forks for people.</summary>
internal static class ForkListText
{
    public static string Render(IReadOnlyList<ListedFork> forks)
    {
        string[][] rows =
        [
            ["NAME", "STATE", "TARGET", "FROM", "TIP", "MADE"],
            .. forks.Select(fork =>
                (string[])
                    [
                        fork.Record.Name,
                        fork.Doing is { } doing ? $"{fork.Word} ({PlainText.CleanLine(doing)})" : fork.Word,
                        PlainText.CleanLine(fork.Record.Target ?? "-"),
                        PlainText.CleanLine(fork.Record.Branch),
                        fork.Tip?[..10] ?? "-",
                        fork.Record.Created.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    ]
            ),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        StringBuilder text = new();
        foreach (var row in rows)
        {
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
