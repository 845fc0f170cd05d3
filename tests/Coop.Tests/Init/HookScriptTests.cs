using System.Diagnostics;
using System.Text.Json;
using Coop.Git;
using Coop.TestKit;
using Xunit;

namespace Coop.Init;

public sealed class HookScriptTests : IDisposable
{
    private static readonly JsonSerializerOptions AsClaudeCodeWrites = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Theory]
    [InlineData("git commit --no-verify -m x")]
    [InlineData("git commit -n")]
    [InlineData("git commit -nm x")]
    [InlineData("git commit -anm x")]
    [InlineData("git add . && git -C sub commit -m 'a message' -n")]
    [InlineData("git commit -m \"a message\" --no-veri")]
    [InlineData("git commit -m x \\\n  --no-verify")]
    [InlineData("cd sub\ngit commit '-n'")]
    [InlineData("git -c core.hooksPath=/dev/null commit -m x")]
    [InlineData("git -c CORE.HOOKSPATH= commit")]
    [InlineData("git -ccore.hooksPath=x commit")]
    [InlineData("git config core.hooksPath /dev/null")]
    [InlineData("git config --local core.hookspath ''")]
    [InlineData("git config --unset core.hooksPath; git commit")]
    [InlineData("GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=x git commit")]
    public void A_commit_past_the_hooks_is_refused(string command)
    {
        var (code, error) = Gate(command);
        Assert.Equal(2, code);
        Assert.StartsWith("Refused: this passes by the repository's hooks", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("git commit -m x")]
    [InlineData("git commit --amend --no-edit")]
    [InlineData("git commit -am 'no verify needed'")]
    [InlineData("git commit -F notes")]
    [InlineData("git log -n 5 -- commit.c")]
    [InlineData("git log --grep commit -n 5")]
    [InlineData("git commit -m x && sort -n file")]
    [InlineData("git commit -m x\nhead -n 5 file")]
    [InlineData("git config core.hooksPath .githooks")]
    [InlineData("git config --get core.hooksPath")]
    [InlineData("grep -rn core.hooksPath docs")]
    [InlineData("ls -n")]
    public void Everything_else_passes(string command) => Assert.Equal((0, ""), Gate(command));

    [Fact]
    public void Where_git_does_not_start_the_hook_the_gate_does()
    {
        repository.Write("project/.githooks/pre-commit", "#!/bin/sh\necho found one\nexit 1\n");
        RealShell.Output("sh", $"chmod +x '{repository.PathOf("project/.githooks/pre-commit")}'");
        repository.Write("bin/coop", "");
        RealShell.Output("sh", $"chmod +x '{repository.PathOf("bin/coop")}'");
        Assert.Equal((2, "found one\n"), Gate("git commit -m x"));
        Assert.Equal((0, ""), Gate("git status"));
        repository.Git("config", "core.hooksPath", ".githooks");
        Assert.Equal((0, ""), Gate("git commit -m x"));
    }

    [Fact]
    public void A_claimed_task_is_reminded_of_once()
    {
        Assert.Equal((0, ""), Stop("{}"));
        repository.Write("project/.agent/TASKS.md", "- [x] Done\n- [ ] Open\n");
        Assert.Equal((0, ""), Stop("{}"));
        repository.Write("project/.agent/TASKS.md", "- [x] Done\n- [w] Mend it\n  - [w] no task\n");
        repository.Write("project/left", "x");
        var (code, error) = Stop("{\"stop_hook_active\": false}");
        Assert.Equal(2, code);
        Assert.StartsWith(
            "A task in .agent/TASKS.md is still claimed: Mend it\nNot committed:\n?? left\nIf it is yours,",
            error,
            StringComparison.Ordinal
        );
        Assert.Equal((0, ""), Stop("{\"session_id\":\"a\",\"stop_hook_active\": true}"));
    }

    [Fact]
    public void A_hook_without_its_program_stops_the_commit_and_says_so()
    {
        var (code, error) = Run(PreCommitHook.Text("", null), "", "/usr/bin:/bin");
        Assert.Equal(1, code);
        Assert.Contains("coop is not on PATH", error);
    }

    [Fact]
    public void The_hook_of_one_machine_starts_the_program_of_that_machine()
    {
        var program = repository.Write("it's here/coop", "#!/bin/sh\necho \"$@\" >&2\nexit 7\n");
        RealShell.Output("sh", $"chmod +x \"{program}\"");
        Assert.Equal((7, "check-secrets --staged\n"), Run(PreCommitHook.Text("", program), "", "/usr/bin:/bin"));
    }

    private (int Code, string Error) Gate(string command) =>
        Run(
            Templates.Read("commit-gate.sh"),
            JsonSerializer.Serialize(
                new
                {
                    session_id = "a",
                    tool_name = "Bash",
                    tool_input = new { command, description = "Commit the work" },
                },
                AsClaudeCodeWrites
            ),
            repository.PathOf("bin") + ":/usr/bin:/bin"
        );

    private (int Code, string Error) Stop(string input) => Run(Templates.Read("stop.sh"), input, "/usr/bin:/bin");

    private (int Code, string Error) Run(string script, string input, string path)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = repository.PathOf("project"),
        };
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = repository.Home;
        start.Environment["CLAUDE_PROJECT_DIR"] = repository.PathOf("project");
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
