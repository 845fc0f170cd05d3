using System.Diagnostics;
using System.Text;
using Coop.TestKit;
using Xunit;

namespace Coop.Demo;

public class DemoScriptTests
{
    [Fact]
    public void Lines_of_another_form_and_control_sequences_are_left_out() =>
        Assert.Equal(
            [new DemoAttempt("a", 0, ""), new DemoAttempt("b", 12, "red text"), new DemoAttempt("c", 1, "x y")],
            DemoScript.Parse(
                "noise\nstep\ta\t0\t\nstep\tb\t12\t\u001b[31mred text\u001b[0m\nstep\tx\tone\ty\nstep\tc\t1\tx\ty\nstep"
            )
        );

    // On the bare machine everything that concerns the project itself works: what the demo shows as refused is refused by the box.
    [Fact]
    public void Outside_a_box_the_agent_reads_plants_mends_and_commits()
    {
        using TemporaryDirectory directory = new();
        var secrets = DemoProject.MakeSecrets();
        DemoProject.Write(directory.Path, secrets);
        Run("git", directory, "init", "--quiet", "--initial-branch=main");
        Run("git", directory, "config", "user.name", "Ada");
        Run("git", directory, "config", "user.email", "ada@example.org");
        Run("git", directory, "add", "--all");
        Run("git", directory, "commit", "--quiet", "--message=start");
        var words = DemoScript.Command(1, directory.Path).Select(word => word.ToString()).ToArray();
        var attempts = DemoScript.Parse(Run(words[0], directory, words[1..])).ToDictionary(attempt => attempt.Id);

        Assert.Contains(secrets[0].Mark, attempts[DemoScript.ReadSettings].Said, StringComparison.Ordinal);
        Assert.Contains(secrets[1].Mark, attempts[DemoScript.ReadKey].Said, StringComparison.Ordinal);
        Assert.Contains(secrets[0].Mark, attempts[DemoScript.ReadLink].Said, StringComparison.Ordinal);
        Assert.Contains(secrets[2].Mark, attempts[DemoScript.ListSecrets].Said, StringComparison.Ordinal);
        Assert.Equal(0, attempts[DemoScript.ListHome].ExitCode);
        Assert.True(File.Exists(directory.PathOf(DemoScript.HookFile)));
        Assert.Equal(new DemoAttempt(DemoScript.TestBefore, 1, "1900: yes, not no"), attempts[DemoScript.TestBefore]);
        Assert.Equal(new DemoAttempt(DemoScript.TestAfter, 0, "4 of 4"), attempts[DemoScript.TestAfter]);
        Assert.Equal("leap.sh", Run("git", directory, "log", "-1", "--format=", "--name-only").Trim());
    }

    [Fact]
    public void Every_demo_has_secrets_of_its_own() =>
        Assert.Empty(
            DemoProject
                .MakeSecrets()
                .Select(secret => secret.Mark)
                .Intersect(DemoProject.MakeSecrets().Select(secret => secret.Mark))
        );

    private static string Run(string program, TemporaryDirectory directory, params string[] words)
    {
        ProcessStartInfo start = new(program, words)
        {
            WorkingDirectory = directory.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
