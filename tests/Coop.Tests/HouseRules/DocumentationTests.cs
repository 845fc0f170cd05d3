using System.Text;
using System.Text.RegularExpressions;
using Coop.Configuration;
using Coop.TestKit;
using Xunit;

namespace Coop.HouseRules;

/// <summary>docs/environment.md names every variable; its table of settings is written from the catalog by <c>UPDATE_SNAPSHOTS=1</c>.</summary>
public partial class DocumentationTests
{
    private const string Begin = "<!-- Settings, written by DocumentationTests -->";
    private const string End = "<!-- End of settings -->";

    private static readonly string Page = Path.Combine(SourceTree.Root, "docs/environment.md");

    [Fact]
    public void Every_setting_has_a_line_with_its_default_and_meaning()
    {
        StringBuilder table = new("\n| Key | Default | Meaning |\n|---|---|---|\n");
        foreach (var setting in SettingCatalog.All)
        {
            var value = setting.Default.Length == 0 ? "" : $"`{setting.Default}`";
            table.Append($"| `{setting.Key}` | {value} | {setting.Meaning} |\n");
        }

        Snapshot.MatchBetween(table.Append('\n').ToString(), Page, Begin, End);
    }

    [Fact]
    public void Every_variable_that_the_source_asks_for_has_a_line()
    {
        var page = File.ReadAllText(Page);
        Assert.Equal(
            [],
            SourceTree
                .CodeFiles("src/Coop")
                .SelectMany(path => Question().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, path))))
                .Select(match => match.Groups["name"].Value)
                .Distinct()
                .Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal))
        );
    }

    [GeneratedRegex("\\b(Get|GetFilled|variable|Place)\\(\"(?<name>[A-Z][A-Z_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Question();
}
