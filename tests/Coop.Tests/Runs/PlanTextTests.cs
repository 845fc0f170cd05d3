using System.Diagnostics;
using Coop.Boxes;
using Coop.BoxPlanning;
using Coop.Configuration;
using Coop.Engines;
using Coop.Native;
using Coop.Processes;
using Coop.TestKit;
using Xunit;

namespace Coop.Runs;

public class PlanTextTests
{
    [Fact]
    public void An_ordinary_users_plan_on_docker() => Snapshot.Match(Render(Facts(EngineKind.Docker)));

    [Fact]
    public void Roots_plan_on_docker() => Snapshot.Match(Render(Facts(EngineKind.Docker).ByRoot()));

    [Fact]
    public void An_ordinary_users_plan_on_bubblewrap() => Snapshot.Match(Render(Facts(EngineKind.Bubblewrap)));

    [Fact]
    public void A_secret_is_named_but_not_told()
    {
        var text = PlanText.Render(
            SomePlan.On(EngineKind.Docker) with
            {
                SecretEnvironment = [CString.From("KEY=sesame=open")],
            },
            new ProcessSpec("docker")
        );
        Assert.Contains("KEY (over the lifeline)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_printed_command_is_what_a_shell_would_run()
    {
        string[] words = ["printf", "%s\\n", "a b", "it's", "$HOME", "", "new\nline", "tab\t", "\u001b[31m", "é", "*", "~", "#"];
        var text = PlanText.Render(SomePlan.On(EngineKind.Docker), new ProcessSpec(words[0], words.AsSpan(1)));
        ProcessStartInfo start = new("bash", ["-c", text.TrimEnd('\n').Split('\n')[^1]])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var shell = Process.Start(start)!;
        Assert.Equal(
            string.Concat(words[2..].Select(word => word + "\n")),
            await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
    }

    private static BoxFacts Facts(EngineKind engine) =>
        SomeFacts.On(engine).Hiding(".env", "a \u001b[31m.key", "keys/") with
        {
            LineDirectory = null,
            UserVariables = [new("TOKEN", "sesame")],
        };

    private static string Render(BoxFacts facts)
    {
        var plan = BoxPlanner.Plan(new BoxRequest(BoxRole.Run, CString.List("make", "test"), null), facts, SomeSettings.With());
        using ScriptedProcessRunner nothing = new();
        IContainerEngine engine =
            facts.Engine == EngineKind.Docker ? new DockerEngine(nothing) : new BubblewrapEngine(nothing, "/usr/local/bin/coop");
        return PlanText.Render(plan, engine.Render(plan));
    }
}
