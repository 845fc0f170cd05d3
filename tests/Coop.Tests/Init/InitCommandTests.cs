using Coop.Cli;
using Coop.Processes;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Init;

public sealed class InitCommandTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task A_second_run_finds_all_in_place_and_changes_nothing()
    {
        var (code, output, error) = await RunAsync();
        Assert.Equal(0, code);
        Assert.Equal(20, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("20 paths written. Look at them: git status", error);
        Assert.Contains("type once in every clone: git config core.hooksPath .githooks", error);
        repository.Git("config", "core.hooksPath", ".githooks");
        repository.Git("add", "--all");
        Assert.Equal((0, "", "coop: All is in place; nothing was changed.\n"), await RunAsync());
        Assert.Equal("", repository.Git("diff"));
        Assert.Equal("", repository.Git("ls-files", "--others"));
    }

    [Fact]
    public async Task Everybody_reads_what_is_written_and_only_programs_are_executable()
    {
        await RunAsync();
        Assert.Equal("755", Mode(".agents/skills/work-task"));
        Assert.Equal("644", Mode(".agents/skills/work-task/SKILL.md"));
        Assert.Equal("755", Mode(".githooks/pre-commit"));
        Assert.Equal("644", Mode(".claude/settings.json"));
        Assert.Equal("# Working here", Read("CLAUDE.md").Split('\n')[0]);
        Assert.Equal(Read(".agents/skills/work-task/SKILL.md"), Read(".claude/skills/work-task/SKILL.md"));
    }

    [Fact]
    public async Task It_works_from_a_directory_below()
    {
        repository.Write("project/src/deep/file", "x");
        Assert.Equal(0, (await RunInAsync("project/src/deep")).Code);
        Assert.True(File.Exists(repository.PathOf("project/AGENTS.md")));
        Assert.False(File.Exists(repository.PathOf("project/src/deep/AGENTS.md")));
    }

    [Fact]
    public async Task Outside_a_repository_nothing_is_written()
    {
        repository.Write("plain/file", "x");
        var (code, _, error) = await RunInAsync("plain");
        Assert.Equal(2, code);
        Assert.Contains("is no git repository.\ncoop: Make one first: git init\n", error);
        Assert.Equal(["file"], Directory.EnumerateFileSystemEntries(repository.PathOf("plain")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_is_there_stays_byte_for_byte_and_is_told_with_the_way_to_the_rest()
    {
        const string Ignore = "bin/\r\nobj/";
        repository.Write("project/.gitignore", Ignore);
        repository.Write("project/CLAUDE.md", "mine\n");
        repository.Write("project/AGENTS.md", "# Mine\n");
        repository.Write("project/.agent/TASKS.md", "- [ ] Mine\n");
        repository.Write("project/.claude/settings.json", "{\"permissions\":{}}");
        repository.Write("project/.claude/skills/mine/SKILL.md", "mine\n");
        repository.Write("project/.agents/skills/work-task/SKILL.md", "\u001b[2Jmine\n");
        var (code, output, error) = await RunAsync();
        Assert.Equal(0, code);
        Assert.StartsWith(Ignore + "\r\n\r\n" + ScaffoldPlanner.BlockMark + "\r\n", Read(".gitignore"), StringComparison.Ordinal);
        Assert.EndsWith(".env.*.local\r\n", Read(".gitignore"), StringComparison.Ordinal);
        Assert.Equal(
            ("mine\n", "# Mine\n", "- [ ] Mine\n", "{\"permissions\":{}}"),
            (Read("CLAUDE.md"), Read("AGENTS.md"), Read(".agent/TASKS.md"), Read(".claude/settings.json"))
        );
        Assert.Contains(".claude/skills/plan-task\n", output);
        Assert.Contains("'CLAUDE.md' is yours, and does not name .agent/RULES.md. It stays as it is.", error);
        Assert.Contains("    + @AGENTS.md\n", error);
        Assert.Contains("    + - The rules for agents are in `.agent/RULES.md`.", error);
        Assert.Contains("    +     \"deny\": [\n", error);
        Assert.Contains("coop init --print .claude/settings.json\n", error);
        Assert.Contains("coop init --print .agents/skills/work-task/SKILL.md\n", error);
        Assert.DoesNotContain("\u001b", output + error);
        Assert.Contains("Nothing was changed;", (await RunAsync()).Error);
    }

    [Fact]
    public async Task No_link_is_followed_and_nothing_but_a_regular_file_is_opened()
    {
        var outside = repository.Write("outside/bashrc", "mine\n");
        Directory.CreateDirectory(repository.PathOf("outside/etc"));
        File.CreateSymbolicLink(repository.PathOf("project/.gitignore"), outside);
        File.CreateSymbolicLink(repository.PathOf("project/CLAUDE.md"), outside);
        File.CreateSymbolicLink(repository.PathOf("project/AGENTS.md"), repository.PathOf("outside/absent"));
        File.CreateSymbolicLink(repository.PathOf("project/.agent"), repository.PathOf("outside/etc"));
        RealShell.Output("sh", $"mkfifo '{repository.PathOf("project/.claude")}' '{repository.PathOf("project/GEMINI.md")}'");
        Directory.CreateDirectory(repository.PathOf("project/.githooks/pre-commit"));
        var (code, output, error) = await RunAsync();
        Assert.Equal(0, code);
        Assert.All(
            [
                "'.gitignore' is a link to",
                "'CLAUDE.md' is a link to",
                "'AGENTS.md' is a link to",
                "'.agent/TASKS.md' cannot be there: '.agent' is a symbolic link.",
                "'.claude/settings.json' cannot be there: '.claude' is a FIFO.",
                "'GEMINI.md' is a FIFO.",
                "'.githooks/pre-commit' is a directory.",
            ],
            words => Assert.Contains(words, error)
        );
        Assert.Equal(5, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("mine\n", await File.ReadAllTextAsync(outside, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFileSystemEntries(repository.PathOf("outside/etc")));
        Assert.False(File.Exists(repository.PathOf("outside/absent")));
    }

    [Fact]
    public async Task Hooks_that_git_looks_for_elsewhere_get_the_line_and_no_rival()
    {
        repository.Git("config", "core.hooksPath", ".husky/_");
        Assert.Contains(
            "'.husky/_' (core.hooksPath). Add this line to the pre-commit hook there: coop check-secrets --staged",
            (await RunAsync()).Error
        );
        Assert.False(Directory.Exists(repository.PathOf("project/.githooks")));
    }

    [Fact]
    public async Task A_clone_with_hooks_of_its_own_is_not_told_to_switch_them_off()
    {
        repository.Write("project/.git/hooks/post-checkout", "#!/bin/sh\n");
        var error = (await RunAsync()).Error;
        Assert.Contains("This clone has hooks of its own.", error);
        Assert.DoesNotContain("git config core.hooksPath", error);
        repository.Write("project/.git/hooks/pre-commit", "#!/bin/sh\ncoop check-secrets --staged\n");
        Assert.Equal("coop: All is in place; nothing was changed.\n", (await RunAsync()).Error);
    }

    [Fact]
    public async Task What_would_be_written_is_printed_and_not_written()
    {
        Assert.Equal((0, Templates.Read("RULES.md"), ""), await RunAsync("--print", ".agent/RULES.md"));
        Assert.Equal((0, "AGENTS.md\n", ""), await RunAsync("--print", "./CLAUDE.md"));
        Assert.Equal(2, (await RunAsync("--print", "CLAUDE.md", "--agents", "codex")).Code);
        Assert.Equal(2, (await RunAsync("--print", "nothing")).Code);
        Assert.Equal("", repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task An_agent_that_nobody_knows_is_refused_with_the_nearest()
    {
        var (code, _, error) = await RunAsync("--agents", "codex,clode");
        Assert.Equal((2, "coop: 'clode' is no agent.\ncoop: Did you mean: --agents claude\n"), (code, error));
        Assert.Equal("", repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task The_stack_is_told_from_files_that_boxes_see_alone()
    {
        repository.Write("project/.coopignore", "package.json\n");
        repository.Write("project/package.json", "{\"dependencies\":{\"mongodb\":\"6\"}}");
        repository.Write("project/.env", "URL=mysql://localhost\n");
        repository.Write("project/requirements.txt", "redis\n");
        repository.Write("outside/go.mod", "github.com/lib/pq v1\n");
        File.CreateSymbolicLink(repository.PathOf("project/go.mod"), repository.PathOf("outside/go.mod"));
        repository.Write("project/.tool-versions", "nodejs 22.1.0\n");
        var (code, output, error) = await RunAsync();
        Assert.Equal(0, code);
        Assert.Contains("Dockerfile.agent\ncompose.agent.yml\n", output);
        Assert.Contains("Services named here: redis (requirements.txt).", error);
        Assert.Contains("once it is built: coop build\n", error);
        Assert.Contains("image: redis:7\n", Read("compose.agent.yml"));
        repository.Write("project/Dockerfile.agent", "FROM mine\n");
        repository.Write("project/compose.agent.yml", "services: {}\n");
        repository.Git("config", "core.hooksPath", ".githooks");
        Assert.Equal((0, "", "coop: All is in place; nothing was changed.\n"), await RunAsync("--stack", "asdf"));
    }

    [Fact]
    public async Task A_stack_without_a_version_and_one_that_nobody_knows_are_refused()
    {
        Assert.Equal(2, (await RunAsync("--stack", "asdf")).Code);
        Assert.Equal(2, (await RunAsync("--stack", "nix")).Code);
        Assert.Equal("", repository.Git("status", "--porcelain"));
    }

    private string Read(string path) => File.ReadAllText(repository.PathOf("project/" + path));

    private string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(repository.PathOf("project/" + path)), 8);

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] words) => RunInAsync("project", words);

    private async Task<(int Code, string Output, string Error)> RunInAsync(string directory, params string[] words)
    {
        RecordedTerminal terminal = new();
        var host = SomeHost
            .With(("HOME", repository.Home), ("PATH", System.Environment.GetEnvironmentVariable("PATH")!))
            .Saying([InitCommand.Name, .. words]) with
        {
            WorkingDirectory = BytePath.From(repository.PathOf(directory)),
        };
        ProcessRunner processes = new(repository.Environment);
        var code = await new CliApp(new Doors(host, terminal, processes, TimeProvider.System)).RunAsync(
            TestContext.Current.CancellationToken
        );
        return (code, terminal.Output, terminal.ErrorOutput);
    }
}
