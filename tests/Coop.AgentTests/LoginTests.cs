using System.Text;
using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Coop.TestPrograms;
using Xunit;

namespace Coop.AgentTests;

public class LoginTests
{
    [Theory]
    [MemberData(nameof(AgentRigs.Engines), MemberType = typeof(AgentRigs))]
    public async Task Who_signs_in_by_the_agents_own_program_is_signed_in_for_the_boxes_of_every_repository(BoxRig rig)
    {
        await using var scene = await AgentScene.CreateAsync(rig);
        await scene.WriteConfigAsync("env", "");
        await scene.WriteConfigAsync("codex/config.toml", "");
        await scene.WriteConfigAsync("codex@work/config.toml", $"openai_base_url = \"{scene.Server.Address}/v1\"\n");

        var refused = (await scene.Coop("codex@work", "exec", "hello").RunAsync()).Ended(1);
        Assert.Equal(
            "coop: Nobody is signed in as codex@work.\n"
                + $"coop: Sign in: coop login codex@work, or put OPENAI_API_KEY=… into {scene.ConfigDirectory}/env\n",
            refused.Error
        );

        var key = scene.Keys["codex"];
        var login = scene.Coop("login", "codex@work", "--", "--with-api-key").Stdin(Encoding.UTF8.GetBytes(key + "\n"));
        var said = (await login.RunAsync()).Succeeded();
        Assert.Contains("coop: Signed in as codex@work.\n", said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(key, said.Out + said.Error, StringComparison.Ordinal);
        var path = Path.Combine(scene.ConfigDirectory, "codex@work/auth.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        var accounts = (await scene.Coop("accounts").RunAsync()).Succeeded();
        Assert.Matches("codex@work +signed in since .* \\(default\\)", accounts.Out);
        Assert.DoesNotContain(key, accounts.Out, StringComparison.Ordinal);

        scene.Server.Answer(ModelTurn.Say("from the model"));
        var run = (await scene.Coop("codex@work", "exec", "--json", "hello").RunAsync()).Succeeded();
        Assert.Contains("from the model", run.Out, StringComparison.Ordinal);
        Assert.Contains(scene.Server.Requests, request => request.Headers.GetValueOrDefault("authorization") == $"Bearer {key}");
    }

    [Theory]
    [MemberData(nameof(AgentRigs.Engines), MemberType = typeof(AgentRigs))]
    public async Task A_login_reaches_the_provider_and_a_renewed_one_comes_back_from_the_box(BoxRig rig)
    {
        await using var scene = await AgentScene.CreateAsync(rig);
        await scene.SignInClaudeAsync(DateTimeOffset.UtcNow.AddHours(2));
        scene.Server.Answer(ModelTurn.Say("from the model"));
        (await scene.Headless("claude", "hello").RunAsync()).Succeeded();
        Assert.Contains(
            scene.Server.Requests,
            request => request.Headers.GetValueOrDefault("authorization") == $"Bearer {scene.Keys["claude"]}"
        );

        // As the agent does it when its token has run out.
        var renewed = $"renewed-{Guid.NewGuid():N}";
        var end = DateTimeOffset.UtcNow.AddHours(9).ToUnixTimeMilliseconds();
        var script =
            $"cd ~/.claude && sed -e 's/{scene.Keys["claude"]}/{renewed}/' -e 's/\"expiresAt\":[0-9]*/\"expiresAt\":{end}/' .credentials.json > new && mv new .credentials.json";
        (await scene.Coop("claude", script).Environment("COOP_CLAUDE_CMD", "sh -c").RunAsync()).Succeeded();
        var stored = Path.Combine(scene.ConfigDirectory, "claude/.credentials.json");
        Assert.Contains(
            renewed,
            await File.ReadAllTextAsync(stored, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(stored));
    }

    [Fact]
    public async Task An_agent_that_is_not_in_the_image_is_named()
    {
        await using var scene = await AgentScene.CreateAsync(new BoxRig(Engine.Docker, CallerKind.Root));
        var result = (await scene.Coop("claude", "-p", "x").Environment("COOP_RUN_ARGS", "").RunAsync()).Ended(127);
        Assert.Contains("'claude' is not in the image", result.Error, StringComparison.Ordinal);
        Assert.Contains("coop build claude", result.Error, StringComparison.Ordinal);
    }
}
