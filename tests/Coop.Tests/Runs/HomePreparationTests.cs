using Coop.Agents;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Native;
using Coop.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.Runs;

public sealed class HomePreparationTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Nobody_signed_in_is_said_before_a_box_starts_with_what_to_type()
    {
        var error = Assert.Throws<UserError>(() => Complete("claude@work"));
        Assert.Equal(
            (
                "Nobody is signed in as claude@work.",
                $"Sign in: coop login claude@work, or put ANTHROPIC_API_KEY=… into {directory.Path}/env"
            ),
            (error.Message, error.Hint)
        );
    }

    [Fact]
    public void A_login_that_has_run_out_and_cannot_be_renewed_is_said_too()
    {
        directory.Write("claude/.credentials.json", Login(Now.AddHours(-1), refresh: ""));
        var error = Assert.Throws<UserError>(() => Complete("claude"));
        Assert.Equal(
            ("The login of claude expired on 2026-11-23 11:00 UTC.", "Sign in again: coop login claude"),
            (error.Message, error.Hint)
        );
        Assert.NotNull(Complete("claude", ("ANTHROPIC_API_KEY", "k")).Home);
    }

    [Fact]
    public void A_login_that_the_agent_renews_a_key_a_cloud_and_a_provider_of_its_own_let_an_agent_start()
    {
        directory.Write("claude/.credentials.json", Login(Now.AddHours(-1), refresh: "r"));
        Assert.Equal(".credentials.json", Complete("claude").Home!.CredentialName);
        Assert.Null(Complete("gemini", ("GEMINI_API_KEY", "k")).Home!.CredentialName);
        Assert.NotNull(Complete("claude@other", ("CLAUDE_CODE_USE_BEDROCK", "1")).Home);
        directory.Write("codex/config.toml", "model_provider = \"mine\"\n");
        Assert.NotNull(Complete("codex").Home);
    }

    [Fact]
    public void A_key_of_another_agent_lets_none_start() =>
        Assert.Throws<UserError>(() => Complete("gemini", ("ANTHROPIC_API_KEY", "k")));

    [Fact]
    public void A_command_of_the_users_may_have_its_own_way_in() =>
        Assert.NotNull(Complete("claude", [], ("COOP_CLAUDE_CMD", "my-claude")).Home);

    [Fact]
    public void Who_signs_in_gets_no_login_and_no_variable()
    {
        directory.Write("claude/.credentials.json", Login(Now.AddHours(1), refresh: "r"));
        Assert.Null(
            Complete("claude", new AgentErrand.Login(HasWords: false), [("ANTHROPIC_API_KEY", "k")]).Home!.CredentialName
        );
    }

    private static string Login(DateTimeOffset end, string refresh) =>
        $$$"""{"claudeAiOauth":{"refreshToken":"{{{refresh}}}","expiresAt":{{{end.ToUnixTimeMilliseconds()}}}}}""";

    private BoxRequest Complete(string target, params (string Name, string Value)[] variables) => Complete(target, variables, []);

    private BoxRequest Complete(string target, (string Name, string Value)[] variables, params (string, string)[] settings) =>
        Complete(target, new AgentErrand.Interactive(), variables, settings);

    private BoxRequest Complete(
        string target,
        AgentErrand errand,
        (string Name, string Value)[] variables,
        params (string, string)[] settings
    )
    {
        var chosen = SomeSettings.With([(SettingCatalog.ConfigDirectory, directory.Path), .. settings]);
        var facts = SomeFacts.On(EngineKind.Docker) with
        {
            UserVariables = [.. variables.Select(variable => new BoxVariable(variable.Name, variable.Value))],
        };
        var request = AgentRequests.Make(AgentRequests.Target(target, chosen), errand, null, chosen, Array.Empty<CString>());
        return new HomePreparation(directory.UserDirectories, new FakeTimeProvider(Now)).Complete(request, facts, chosen);
    }
}
