using System.Text;

namespace Coop.Demo;

/// <summary>The demo for people: the first thing many see of Coop.</summary>
internal static class DemoText
{
    private const string Mark = "  <- did not hold";

    public static string Render(DemoReport report)
    {
        StringBuilder text = new();
        text.Append(
            $"A made-up project with planted secrets, and a scripted agent with its brakes off, in a {report.Box} box.\n\n"
        );
        var width = report.Attempts.Max(row => row.What.Length);
        Row("It tried to", "and got");
        foreach (var row in report.Attempts)
        {
            Row(row.What, row.Saw + (row.Held ? "" : Mark));
        }

        text.Append("\nIt also did its work:\n")
            .Append("  ")
            .Append(report.Work.Saw)
            .Append(report.Work.Held ? ".\n" : Mark + "\n");
        text.Append("\nThe host looked afterwards:\n  ");
        text.Append(string.Join(", ", report.Host.Where(row => row.Held).Select(row => row.Saw))).Append(".\n");
        foreach (var row in report.Host.Where(row => !row.Held))
        {
            text.Append("  ").Append(row.Saw).Append(Mark).Append('\n');
        }

        if (report.Forks.Count > 0)
        {
            text.Append("\nThen two forks of it, each worked in a box of its own, with the project's test as gate:\n");
            foreach (var row in report.Forks)
            {
                text.Append("  coop fork ")
                    .Append(row.What)
                    .Append(": ")
                    .Append(row.Saw.TrimEnd('.'))
                    .Append(row.Held ? ".\n" : Mark + "\n");
            }
        }

        text.Append(
            report.Held
                ? "\nNothing of it is left. Now in a project of yours:\n\n  cd your-project && coop run -- ls\n"
                : "\nNot everything held. See what, and what to do about it:\n\n  coop doctor\n"
        );
        return text.ToString();

        void Row(string what, string got) =>
            text.Append("  ").Append(what.PadRight(width)).Append("   ").Append(got).Append('\n');
    }
}
