using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coop.CheckSecrets;

/// <summary>Findings as SARIF 2.1.0 (docs.oasis-open.org/sarif).</summary>
internal static class SarifReport
{
    public const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private const int MarkLength = 6;

    /// <param name="version">Of Coop.</param>
    public static string Render(CheckReport report, string version)
    {
        Rule[] rules =
        [
            .. report
                .Findings.Select(finding => finding.Finding)
                .DistinctBy(finding => finding.Detector)
                .OrderBy(finding => finding.Detector, StringComparer.Ordinal)
                .Select(finding => new Rule(finding.Detector, new Message(Capital(finding.Title)))),
        ];
        Run run = new(
            new Tool(new Driver("coop", version, rules)),
            [
                new Invocation(
                    report.Unread.Count == 0,
                    [.. report.Unread.Select(unread => new Notification(new Message(ShownPath.In(unread.Reason)), "error"))]
                ),
            ],
            [.. report.Findings.Select(finding => ResultOf(finding, rules))],
            "utf16CodeUnits"
        );
        return JsonSerializer.Serialize(new Log(Schema, "2.1.0", [run]), CheckSecretsJsonContext.Default.Log) + "\n";
    }

    private static Result ResultOf(ReportedFinding reported, Rule[] rules)
    {
        var finding = reported.Finding;
        var place = reported.Commit is { } commit ? $" in commit {commit.Id}" : "";
        Location location = new(
            new PhysicalLocation(
                new ArtifactLocation(Uri(reported)),
                new Region(finding.Line, finding.Utf16Column, finding.EndLine)
            )
        );
        return new Result(
            finding.Detector,
            Array.FindIndex(rules, rule => rule.Id == finding.Detector),
            finding.Tier == Detectors.SecretTier.Provider ? "error" : "warning",
            new Message($"{Capital(finding.Title)} ({finding.Redacted}){place}."),
            [location],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["coopFinding/v1"] = Mark(reported) }
        );
    }

    // Short on purpose: a whole digest would let somebody try passwords against the report.
    private static string Mark(ReportedFinding reported) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{reported.Path}\n{reported.Finding.Digest}")))[
            ..MarkLength
        ];

    // RFC 3986: the bytes of a path, but for the slash and the unreserved ones, in percent signs.
    private static string Uri(ReportedFinding reported)
    {
        if (reported.Path.IsEmpty)
        {
            return "COMMIT_MESSAGE";
        }

        StringBuilder uri = new();
        foreach (var value in ShownPath.Of(reported.Path).Bytes)
        {
            _ =
                char.IsAsciiLetterOrDigit((char)value) || value is (byte)'/' or (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'
                    ? uri.Append((char)value)
                    : uri.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return uri.ToString();
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    internal sealed record Log([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<Run> Runs);

    internal sealed record Run(
        Tool Tool,
        IReadOnlyList<Invocation> Invocations,
        IReadOnlyList<Result> Results,
        string ColumnKind
    );

    internal sealed record Tool(Driver Driver);

    internal sealed record Driver(string Name, string Version, IReadOnlyList<Rule> Rules);

    internal sealed record Rule(string Id, Message ShortDescription);

    internal sealed record Message(string Text);

    internal sealed record Invocation(bool ExecutionSuccessful, IReadOnlyList<Notification> ToolExecutionNotifications);

    internal sealed record Notification(Message Message, string Level);

    internal sealed record Result(
        string RuleId,
        int RuleIndex,
        string Level,
        Message Message,
        IReadOnlyList<Location> Locations,
        IReadOnlyDictionary<string, string> PartialFingerprints
    );

    internal sealed record Location(PhysicalLocation PhysicalLocation);

    internal sealed record PhysicalLocation(ArtifactLocation ArtifactLocation, Region Region);

    internal sealed record ArtifactLocation(string Uri);

    internal sealed record Region(int StartLine, int StartColumn, int EndLine);
}
