using System.Globalization;
using System.Text;
using Coop.Configuration;
using Coop.Terminal;

namespace Coop.Doctor;

/// <summary>The report for people: a line for each check, and below it what to do where something is to be done.</summary>
internal static class DoctorText
{
    public static string Render(DoctorReport report)
    {
        StringBuilder text = new();
        Section("What a box needs", report.Requirements);
        var box = report.Engine is { } engine
            ? $"a {engine.Name()} box" + (report.Image is { } image ? $" of {image}" : "")
            : "a box";
        if (report.Promises.All(result => result.Outcome == CheckOutcome.NotProved))
        {
            text.Append(CultureInfo.InvariantCulture, $"What {box} promises\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"  not proved: {report.Promises.Count} promises, since {report.Promises[0].Proof}\n\n"
            );
        }
        else
        {
            Section($"What {box} promises, attacked", report.Promises);
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"{report.CountOf(CheckOutcome.Held)} held, {report.CountOf(CheckOutcome.Failed)} failed, {report.CountOf(CheckOutcome.Warned)} warned of, {report.CountOf(CheckOutcome.NotProved)} not proved\n"
        );
        return text.ToString();

        void Section(string title, IReadOnlyList<CheckResult> results)
        {
            text.Append(title).Append('\n');
            var width = results.Max(result => result.Promise.Length);
            foreach (var result in results)
            {
                text.Append(
                    $"  {Word(result.Outcome), -11}{result.Promise.PadRight(width)}   {PlainText.CleanLine(result.Proof)}\n"
                );
                if (result.Advice is not null)
                {
                    text.Append($"              > {PlainText.CleanLine(result.Advice)}\n");
                }
            }

            text.Append('\n');
        }
    }

    private static string Word(CheckOutcome outcome) =>
        outcome switch
        {
            CheckOutcome.Held => "held",
            CheckOutcome.Warned => "WARNING",
            CheckOutcome.Failed => "FAILED",
            CheckOutcome.NotProved => "not proved",
            _ => throw new InvalidOperationException($"No word for {outcome}."),
        };
}
