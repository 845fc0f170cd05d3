using System.Text.Json;
using Coop.Configuration;

namespace Coop.Doctor;

/// <summary>The report as one JSON document. Names and outcomes are for scripts and stay.</summary>
internal static class DoctorJson
{
    public static string Render(DoctorReport report) =>
        JsonSerializer.Serialize(
            new Document(
                report.Engine?.Name(),
                report.Image,
                report.CountOf(CheckOutcome.Held),
                report.CountOf(CheckOutcome.Failed),
                report.CountOf(CheckOutcome.Warned),
                report.CountOf(CheckOutcome.NotProved),
                [
                    .. report.Requirements.Select(result => RowOf("requirement", result)),
                    .. report.Promises.Select(result => RowOf("promise", result)),
                ]
            ),
            DoctorJsonContext.Default.Document
        ) + "\n";

    private static Row RowOf(string kind, CheckResult result) =>
        new(result.Id, kind, Word(result.Outcome), result.Promise, result.Proof, result.Advice);

    private static string Word(CheckOutcome outcome) =>
        outcome switch
        {
            CheckOutcome.Held => "held",
            CheckOutcome.Warned => "warned",
            CheckOutcome.Failed => "failed",
            CheckOutcome.NotProved => "unproved",
            _ => throw new InvalidOperationException($"No word for {outcome}."),
        };

    internal sealed record Document(
        string? Engine,
        string? Image,
        int Held,
        int Failed,
        int Warned,
        int Unproved,
        IReadOnlyList<Row> Checks
    );

    internal sealed record Row(string Id, string Kind, string Outcome, string Promise, string Proof, string? Advice);
}
