using System.Text;
using Coop.Agents;
using Coop.Errors;
using Coop.Storage;
using Coop.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.Logins;

/// <summary>Collecting what is laid into a home, laying it, and the login's way there and back.</summary>
public sealed class AgentHomeTests : IDisposable
{
    private const string Credential = ".credentials.json";

    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly LoginPlace place;

    public AgentHomeTests()
    {
        place = LoginPlace.Of(new ClaudeAgent(), null, directory.PathOf("agents"));
        Directory.CreateDirectory(Home);
    }

    private string Home => directory.PathOf("homes/r/claude");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void The_users_settings_are_laid_and_neither_logins_nor_an_agents_own_state()
    {
        directory.Write("agents/claude/commands/fix.md", "fix");
        directory.Write("agents/claude/hooks/stop.sh", "#!/bin/sh");
        File.SetUnixFileMode(directory.PathOf("agents/claude/hooks/stop.sh"), (UnixFileMode)0b111_101_101);
        directory.Write("agents/claude/projects/-r/one.jsonl", "a conversation elsewhere");
        directory.Write("agents/claude/history.jsonl", "typed elsewhere");
        directory.Write("agents/claude/state.sqlite", "database");
        directory.Write("agents/INSTRUCTIONS.md", "be brief");
        Lay(Collect());
        Assert.Equal(
            [
                ".claude/.claude.json",
                ".claude/CLAUDE.md",
                ".claude/commands/fix.md",
                ".claude/coop-mcp.json",
                ".claude/hooks/stop.sh",
                ".claude/settings.json",
            ],
            Files()
        );
        Assert.Equal("be brief", Read(".claude/CLAUDE.md"));
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(Path.Combine(Home, ".claude/CLAUDE.md")));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Path.Combine(Home, ".claude/hooks/stop.sh")));
    }

    [Fact]
    public void An_agents_own_instructions_win_over_the_common_ones()
    {
        directory.Write("agents/INSTRUCTIONS.md", "for all");
        directory.Write("agents/claude/CLAUDE.md", "for claude");
        Lay(Collect());
        Assert.Equal("for claude", Read(".claude/CLAUDE.md"));
    }

    [Fact]
    public void What_the_user_removes_goes_from_the_home_and_what_an_agent_made_stays()
    {
        directory.Write("agents/claude/commands/fix.md", "fix");
        Lay(Collect());
        File.WriteAllText(Path.Combine(Home, ".claude/commands/own.md"), "made by an agent");
        File.Delete(directory.PathOf("agents/claude/commands/fix.md"));
        Lay(Collect());
        Assert.Equal([".claude/commands/own.md"], Files().Where(name => name.Contains("commands", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_link_that_an_agent_put_in_a_files_place_is_replaced_and_one_in_a_directorys_place_refuses()
    {
        var victim = directory.Write("victim", "mine");
        Directory.CreateDirectory(Path.Combine(Home, ".claude"));
        File.CreateSymbolicLink(Path.Combine(Home, ".claude/settings.json"), victim);
        Lay(Collect());
        Assert.Equal("mine", File.ReadAllText(victim));
        Assert.Null(File.ResolveLinkTarget(Path.Combine(Home, ".claude/settings.json"), returnFinalTarget: false));

        Directory.Delete(Path.Combine(Home, ".claude"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(Home, ".claude"), directory.PathOf("agents"));
        Assert.Throws<UserError>(() => Lay(Collect()));
        Assert.False(File.Exists(directory.PathOf("agents/settings.json")));
    }

    [Fact]
    public void The_users_files_stay_byte_for_byte_as_they_are()
    {
        var settings = directory.Write("agents/claude/settings.json", "{ /* mine */ \"theme\": \"light\", }");
        var mcp = directory.Write("agents/mcp.json", "{\"mcpServers\": {}}");
        Lay(Collect());
        Assert.Equal("{ /* mine */ \"theme\": \"light\", }", File.ReadAllText(settings));
        Assert.Equal("{\"mcpServers\": {}}", File.ReadAllText(mcp));
    }

    [Fact]
    public void A_login_crosses_and_a_renewed_one_comes_back_while_the_box_lives()
    {
        var stored = directory.Write($"agents/claude/{Credential}", Login("old", hours: 1));
        var plan = Collect();
        Lay(plan);
        using (Cross(plan))
        {
            var inBox = Path.Combine(Home, ".claude", Credential);
            Assert.Equal(Login("old", hours: 1), File.ReadAllText(inBox));
            Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(inBox));
            File.WriteAllText(inBox, Login("renewed", hours: 9));
            time.Advance(TimeSpan.FromSeconds(3));
            Assert.Equal(Login("renewed", hours: 9), File.ReadAllText(stored));

            // Another box was quicker the next time.
            File.WriteAllText(stored, Login("by another", hours: 20));
            time.Advance(TimeSpan.FromSeconds(3));
            Assert.Equal(Login("by another", hours: 20), File.ReadAllText(inBox));
            File.WriteAllText(inBox, Login("at the end", hours: 30));
        }

        Assert.Equal(Login("at the end", hours: 30), File.ReadAllText(stored));
    }

    [Fact]
    public void What_a_killed_coop_left_in_the_home_is_taken_back_at_the_next_start()
    {
        var stored = directory.Write($"agents/claude/{Credential}", Login("old", hours: 1));
        directory.Write($"homes/r/claude/.claude/{Credential}", Login("renewed", hours: 9));
        var plan = Collect();
        Lay(plan);
        using (Cross(plan))
        {
            Assert.Equal(Login("renewed", hours: 9), File.ReadAllText(stored));
        }
    }

    [Fact]
    public void A_login_that_the_user_removed_goes_from_the_home()
    {
        directory.Write($"homes/r/claude/.claude/{Credential}", Login("old", hours: 1));
        var plan = Collect();
        Lay(plan);
        Assert.Null(Cross(plan));
        Assert.DoesNotContain($".claude/{Credential}", Files());
    }

    [Fact]
    public void A_link_in_the_logins_place_gives_nothing_of_the_host_away()
    {
        directory.Write($"agents/claude/{Credential}", Login("old", hours: 1));
        var victim = directory.Write("victim", Login("of somebody else", hours: 50));
        Directory.CreateDirectory(Path.Combine(Home, ".claude"));
        File.CreateSymbolicLink(Path.Combine(Home, ".claude", Credential), victim);
        var plan = Collect();
        Lay(plan);
        using (Cross(plan))
        {
            Assert.Equal(Login("old", hours: 1), Read($".claude/{Credential}"));
        }

        Assert.Equal(Login("of somebody else", hours: 50), File.ReadAllText(victim));
        Assert.Equal(Login("old", hours: 1), File.ReadAllText(directory.PathOf($"agents/claude/{Credential}")));
    }

    [Fact]
    public void A_login_that_is_no_login_is_named_before_a_box_starts()
    {
        var path = directory.Write($"agents/claude/{Credential}", "garbage");
        var error = Assert.Throws<UserError>(Collect);
        Assert.Equal($"The login of claude, '{path}', is not what Claude Code writes.", error.Message);
        Assert.DoesNotContain("garbage", error.Message + error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bearer_token_that_no_box_would_have_is_named()
    {
        var path = directory.Write(
            "agents/mcp.json",
            """{"mcpServers":{"web":{"url":"http://127.0.0.1:1","bearer_token_env_var":"TOKEN"}}}"""
        );
        var error = Assert.Throws<UserError>(Collect);
        Assert.Equal($"{path}: server 'web', key 'bearer_token_env_var': the box has no variable 'TOKEN'.", error.Message);
    }

    private AgentHomePlan Collect() =>
        new HomeCollector(directory.PathOf("agents"), directory.PathOf("agents/mcp.json")).Collect(
            place,
            BytePath.From(Home),
            "/home/node",
            "/r",
            NoVariables,
            isSignIn: false
        );

    private static void Lay(AgentHomePlan plan) => new HomeWriter(owner: null).Write(plan);

    private CredentialCrossing? Cross(AgentHomePlan plan) =>
        CredentialCrossing.Start(plan, new CredentialStore(directory.UserDirectories, time), new HomeWriter(owner: null), time);

    private static string Login(string token, int hours) =>
        $$$"""{"claudeAiOauth":{"accessToken":"{{{token}}}","refreshToken":"r","expiresAt":{{{new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero).AddHours(hours).ToUnixTimeMilliseconds()}}}}}""";

    private string Read(string name) => Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(Home, name)));

    private IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(Home, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Home, path))
            .Order(StringComparer.Ordinal);
}
