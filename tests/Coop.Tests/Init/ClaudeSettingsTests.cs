using System.Text;
using System.Text.Json;
using Coop.Formats;
using Coop.Masking;
using Xunit;

namespace Coop.Init;

public class ClaudeSettingsTests
{
    [Theory]
    [InlineData(".env.example")]
    [InlineData(".env.sample")]
    [InlineData("main.tfvars.example")]
    [InlineData("id_rsa.pub")]
    [InlineData("id_ed25519.pub")]
    [InlineData("secrets.json.dist")]
    [InlineData("README.md")]
    public void What_boxes_show_is_not_denied(string name) => Assert.DoesNotContain(name, Denied(name));

    [Theory]
    [InlineData(".env")]
    [InlineData(".env.local")]
    [InlineData(".env.production.local")]
    [InlineData(".env.production")]
    [InlineData("server.key")]
    [InlineData("secrets")]
    [InlineData(".aws")]
    [InlineData("id_rsa")]
    public void What_boxes_hide_is_denied(string name) => Assert.Contains(name, Denied(name));

    [Fact]
    public void Every_pattern_that_could_match_a_template_is_narrowed() =>
        Assert.Equal(
            [],
            ClaudeSettings.DeniedNames.Where(name => name.EndsWith('*') || name.EndsWith("*.example", StringComparison.Ordinal))
        );

    [Fact]
    public void The_document_denies_every_name_and_starts_both_hooks()
    {
        using var document = JsonDocument.Parse(ClaudeSettings.Render());
        var denied = document.RootElement.GetProperty("permissions").GetProperty("deny").EnumerateArray();
        Assert.Equal(ClaudeSettings.DeniedNames.Select(name => $"Read(**/{name})"), denied.Select(rule => rule.GetString()));
        var hooks = document.RootElement.GetProperty("hooks");
        Assert.Equal("Bash", hooks.GetProperty("PreToolUse")[0].GetProperty("matcher").GetString());
        Assert.Equal("sh \"$CLAUDE_PROJECT_DIR\"/.claude/hooks/commit-gate.sh", Command(hooks.GetProperty("PreToolUse")));
        Assert.Equal("sh \"$CLAUDE_PROJECT_DIR\"/.claude/hooks/stop.sh", Command(hooks.GetProperty("Stop")));
    }

    private static string? Command(JsonElement hooks) => hooks[0].GetProperty("hooks")[0].GetProperty("command").GetString();

    // The name itself when a denied pattern matches it.
    private static IEnumerable<string> Denied(string name) =>
        ClaudeSettings
            .DeniedNames.Where(denied =>
                IgnorePattern.Parse(Encoding.UTF8.GetBytes(denied), new TextPlace("", 0)) is { IsNameOnly: true } pattern
                && new NameTable([new IgnoreRule(pattern, null, 0)]).Match(
                    Encoding.UTF8.GetBytes(name),
                    isDirectory: false,
                    isTemplate: false
                )
                    is not null
            )
            .Select(_ => name);
}
