using System.Text.Json;
using Coop.Scanning;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.CheckSecrets;

/// <summary>What SARIF 2.1.0 asks of a document (docs.oasis-open.org/sarif/sarif/v2.1.0), section by section.</summary>
public class SarifReportTests
{
    private static readonly SecretScanner Scanner = SecretScanner.Standard();

    [Fact]
    public void Every_required_property_is_there_and_well_formed()
    {
        var root = Document();
        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        Assert.EndsWith("/sarif-schema-2.1.0.json", root.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        var run = Assert.Single(root.GetProperty("runs").EnumerateArray());
        Assert.Equal("utf16CodeUnits", run.GetProperty("columnKind").GetString());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("coop", driver.GetProperty("name").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().ToList();
        Assert.Equal(rules.Count, rules.Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(rules, rule => Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!));
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(4, results.Count);
        Assert.All(results, result => CheckResult(result, rules));
        var invocation = Assert.Single(run.GetProperty("invocations").EnumerateArray());
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        var notification = Assert.Single(invocation.GetProperty("toolExecutionNotifications").EnumerateArray());
        Assert.Equal("'x' cannot be read.", notification.GetProperty("message").GetProperty("text").GetString());
    }

    [Fact]
    public void Columns_are_in_the_units_that_the_run_names()
    {
        var columns = Document()
            .GetProperty("runs")[0]
            .GetProperty("results")
            .EnumerateArray()
            .Select(result => RegionOf(result).GetProperty("startColumn").GetInt32());
        Assert.Equal([5, 1, 5, 1], columns);
    }

    private static void CheckResult(JsonElement result, List<JsonElement> rules)
    {
        Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
        Assert.Matches("^(none|note|warning|error)$", result.GetProperty("level").GetString()!);
        var rule = rules[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal(rule.GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
        var uri = Assert
            .Single(result.GetProperty("locations").EnumerateArray())
            .GetProperty("physicalLocation")
            .GetProperty("artifactLocation")
            .GetProperty("uri")
            .GetString()!;
        Assert.Matches("^([A-Za-z0-9/._~-]|%[0-9A-F]{2})+$", uri);
        Assert.True(Uri.TryCreate(uri, UriKind.Relative, out _), uri);
        var region = RegionOf(result);
        Assert.True(region.GetProperty("startLine").GetInt32() >= 1);
        Assert.True(region.GetProperty("startColumn").GetInt32() >= 1);
        Assert.True(region.GetProperty("endLine").GetInt32() >= region.GetProperty("startLine").GetInt32());
        Assert.All(result.GetProperty("partialFingerprints").EnumerateObject(), mark => Assert.NotEmpty(mark.Value.GetString()!));
    }

    private static JsonElement RegionOf(JsonElement result) =>
        result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");

    private static JsonElement Document()
    {
        var token = SomeSecrets.GitHubToken;
        CommitPlace commit = new(new string('a', 40), "2026-01-01T00:00:00Z", false, 1);
        List<ReportedFinding> findings =
        [
            .. Scanner.ScanText($"ä😀 {token}\n").Select(one => new ReportedFinding(BytePath.From("ä: b?#%.txt"), one, null)),
            .. Scanner.ScanText($"{token}\n").Select(one => new ReportedFinding(BytePath.From("a:b"), one, null)),
            .. Scanner.ScanText($"日本語 {token}\n").Select(one => new ReportedFinding(BytePath.From("c/d"), one, commit)),
            .. Scanner.ScanText(token).Select(one => new ReportedFinding(BytePath.Empty, one, commit)),
        ];
        CheckReport report = new(findings, [(BytePath.From("x"), "'x' cannot be read.")], 0, 4);
        return JsonDocument.Parse(SarifReport.Render(report, "1.0")).RootElement;
    }
}
