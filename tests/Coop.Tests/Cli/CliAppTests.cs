using System.Text.Json;
using Coop.Configuration;
using Coop.Storage;
using Coop.Terminal;
using Coop.TestKit;
using Xunit;

namespace Coop.Cli;

/// <summary>The whole tool in this process: words in, exit code and both outputs out.</summary>
public sealed class CliAppTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public CliAppTests() => Directory.CreateDirectory(directory.PathOf("home/project"));

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Alone_it_prints_the_short_help_and_starts_nothing() =>
        Assert.Equal(
            (0, await File.ReadAllTextAsync(ReferencePage("coop"), TestContext.Current.CancellationToken), ""),
            await PageAsync("coop")
        );

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public async Task Help_of_the_whole_is_the_same_by_every_name(string word) =>
        Assert.Equal(await RunAsync(), await RunAsync(word));

    [Theory]
    [InlineData("run", "run --help")]
    [InlineData("run", "run -h")]
    [InlineData("run", "help run")]
    [InlineData("run", "run --dry-run --help")]
    [InlineData("shell", "shell --help")]
    [InlineData("agent", "claude --help")]
    [InlineData("agent", "codex -h")]
    [InlineData("agent", "help claude")]
    [InlineData("config", "config --json --help")]
    [InlineData("completion", "completion --help")]
    [InlineData("version", "version --help")]
    [InlineData("help", "help --help")]
    public async Task Help_of_a_command_is_its_page(string page, string words) =>
        Assert.Equal(
            (0, await File.ReadAllTextAsync(ReferencePage(page), TestContext.Current.CancellationToken), ""),
            await PageAsync(page, words.Split(' '))
        );

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    [InlineData("-v")]
    public async Task The_version_is_printed(string word)
    {
        var (code, output, error) = await RunAsync(word);
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^coop \d+\.\d+\.\d+\n$", output);
    }

    [Theory]
    [InlineData("rnu", "Coop has no command 'rnu'.", "Did you mean: coop run")]
    [InlineData("cluade", "Coop has no command 'cluade'.", "Did you mean: coop claude")]
    [InlineData("kubernetes", "Coop has no command 'kubernetes'.", "All commands: coop help")]
    [InlineData("agent claude", "Coop has no command 'agent'.", "All commands: coop help")]
    [InlineData("x\u001b[31mx", "Coop has no command 'xx'.", "All commands: coop help")]
    [InlineData("@file", "Coop has no command '@file'.", "All commands: coop help")]
    [InlineData("help rnu", "Coop has no command 'rnu'.", "Did you mean: coop help run")]
    [InlineData("help kubernetes", "Coop has no command 'kubernetes'.", "All commands: coop help")]
    [InlineData("--vresion", "coop does not know '--vresion'.", "Did you mean: coop --version")]
    [InlineData("config --jsno", "coop config does not know '--jsno'.", "Did you mean: coop config --json")]
    [InlineData("config extra", "coop config does not know 'extra'.", "See: coop help config")]
    [InlineData("shell zsh", "coop shell does not know 'zsh'.", "See: coop help shell")]
    [InlineData("run --dryrun make", "coop run does not know '--dryrun'.", "Did you mean: coop run --dry-run")]
    [InlineData("run", "coop run needs a command.", "For example: coop run -- make test")]
    [InlineData("run --", "coop run needs a command.", "For example: coop run -- make test")]
    [InlineData("completion tcsh", "There is no completion for 'tcsh'.", "Name one of: bash, zsh, fish, pwsh")]
    public async Task A_wrong_command_line_is_two_lines_and_exit_2(string words, string message, string hint) =>
        Assert.Equal((2, "", $"coop: {message}\ncoop: {hint}\n"), await RunAsync(words.Split(' ')));

    [Fact]
    public async Task A_missing_argument_names_the_command_and_its_help()
    {
        var (code, output, error) = await RunAsync("completion");
        Assert.Equal((2, ""), (code, output));
        Assert.Matches("^coop: coop completion: .*\\.\ncoop: See: coop help completion\n$", error);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _coop coop")]
    [InlineData("zsh", "#compdef coop")]
    [InlineData("fish", "complete -c coop")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task There_is_a_completion_for_each_shell(string shell, string part)
    {
        var (code, output, error) = await RunAsync("completion", shell);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coop ", 5, "run")]
    [InlineData("coop ", 5, "claude")]
    [InlineData("coop con", 8, "config")]
    [InlineData("coop config --", 14, "--json")]
    [InlineData("coop completion ", 16, "zsh")]
    public async Task Completion_scripts_get_what_can_follow(string line, int position, string expected)
    {
        var (code, output, error) = await RunAsync($"[suggest:{position}]", line);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(expected, output.Split('\n'));
        Assert.DoesNotContain("<agent>", output.Split('\n'));
    }

    [Fact]
    public async Task Settings_are_shown_as_columns_and_as_json()
    {
        var file = directory.Write("home/.config/coop/coop.conf", "COOP_SHELL=zsh\n");
        var line = (await RunAsync("config"))
            .Output.Split('\n')
            .Single(line => line.StartsWith("COOP_SHELL ", StringComparison.Ordinal));
        Assert.Equal(["COOP_SHELL", "zsh", $"{file}:1"], line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        using var json = JsonDocument.Parse((await RunAsync("config", "--json")).Output);
        var rows = json.RootElement.GetProperty("settings").EnumerateArray().ToList();
        Assert.Equal(SettingCatalog.All.Select(setting => setting.Key), rows.Select(row => row.GetProperty("key").GetString()));
        var shell = rows.Single(row => row.GetProperty("key").GetString() == "COOP_SHELL");
        Assert.Equal(("zsh", $"{file}:1"), (shell.GetProperty("value").GetString(), shell.GetProperty("source").GetString()));
    }

    [Fact]
    public async Task A_wrong_setting_is_exit_2_but_help_and_version_need_none()
    {
        (string, string)[] wrong = [("COOP_EGRESS", "some")];
        Assert.Equal(
            (
                2,
                "",
                "coop: COOP_EGRESS must be open or none; it is 'some' (from environment).\ncoop: All settings: coop config\n"
            ),
            await RunAsync(wrong, "config")
        );
        Assert.Equal(0, (await RunAsync(wrong, "version")).Code);
        Assert.Equal(0, (await RunAsync(wrong, "help")).Code);
    }

    [Fact]
    public async Task Without_a_home_only_what_needs_one_fails()
    {
        RecordedTerminal terminal = new();
        using ScriptedProcessRunner processes = new();
        var code = await new CliApp(
            new Doors(SomeHost.With().Saying("config"), terminal, processes, TimeProvider.System)
        ).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, code);
        Assert.StartsWith("coop: Coop does not know where to keep its files", terminal.ErrorOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(
        false,
        "coop: The output could not be written: no space left.\ncoop: Give it somewhere to go, for instance: coop … > file\n"
    )]
    public async Task An_output_that_cannot_be_written_is_exit_1_and_silent_where_only_the_reader_left(
        bool readerGone,
        string expected
    )
    {
        RecordedTerminal terminal = new() { Closed = new OutputClosedException(readerGone, "no space left") };
        Assert.Equal(1, await RunOnAsync(terminal, [], "version"));
        Assert.Equal(expected, terminal.ErrorOutput);
    }

    [Fact]
    public async Task The_home_directory_is_refused_before_anything_is_asked()
    {
        RecordedTerminal terminal = new();
        using ScriptedProcessRunner processes = new();
        var host = Host([("COOP_RUNTIME", "docker")], "run", "--", "true") with
        {
            WorkingDirectory = BytePath.From(directory.PathOf("home")),
        };
        Assert.Equal(
            2,
            await new CliApp(new Doors(host, terminal, processes, TimeProvider.System)).RunAsync(
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(
            $"coop: '{directory.PathOf("home")}' is your home directory; a box would hold all your files.\n"
                + "coop: Go into a project first: cd ~/project\n",
            terminal.ErrorOutput
        );
    }

    [Fact]
    public async Task A_rehearsal_prints_the_plan_and_starts_nothing()
    {
        var (code, output, error) = await RunAsync(
            [("COOP_RUNTIME", "docker")],
            "run",
            "--dry-run",
            "--",
            "make",
            "@file",
            "--dry-run"
        );
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith(" -- make @file --dry-run\n", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory.PathOf("home/.local/state/coop/runs")));
    }

    [Fact]
    public async Task An_unexpected_failure_is_named_as_coops_own_with_a_trace_on_request()
    {
        // Nothing is scripted, so the detection of an engine fails in the test kit.
        var (code, _, error) = await RunAsync("run", "--", "true");
        Assert.Equal(1, code);
        Assert.StartsWith("coop: unexpected InvalidOperationException: Started: docker version", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Contains("   at ", (await RunAsync([("COOP_TRACE", "1")], "run", "--", "true")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_directory_is_a_trouble_of_the_users()
    {
        directory.Write("home/.local/state", "");
        var (code, _, error) = await RunAsync([("COOP_RUNTIME", "docker")], "run", "--dry-run", "--", "true");
        Assert.Equal(1, code);
        Assert.DoesNotContain("unexpected", error, StringComparison.Ordinal);
        Assert.Contains(directory.PathOf("home/.local/state"), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_of_the_users_own_runs_its_command()
    {
        var (code, output, _) = await RunAsync(
            [("COOP_RUNTIME", "docker"), ("COOP_MINE_CMD", "my-agent 'a b'")],
            "mine",
            "--help"
        );
        Assert.Equal(0, code);
        Assert.Contains("Usage: coop <agent>", output, StringComparison.Ordinal);
    }

    private static string ReferencePage(string name) => Path.Combine(SourceTree.Root, $"docs/reference/{name}.md");

    private async Task<(int Code, string Page, string Error)> PageAsync(string page, params string[] words)
    {
        var (code, output, error) = await RunAsync(words);
        var title = page switch
        {
            "coop" => "coop",
            "agent" => "coop <agent>",
            _ => $"coop {page}",
        };
        return (code, $"# `{title}`\n\n```text\n{output}```\n", error);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] words) => RunAsync([], words);

    private async Task<(int Code, string Output, string Error)> RunAsync((string, string)[] variables, params string[] words)
    {
        RecordedTerminal terminal = new();
        var code = await RunOnAsync(terminal, variables, words);
        return (code, terminal.Output, terminal.ErrorOutput);
    }

    private async Task<int> RunOnAsync(RecordedTerminal terminal, (string, string)[] variables, params string[] words)
    {
        using ScriptedProcessRunner processes = new();
        return await new CliApp(new Doors(Host(variables, words), terminal, processes, TimeProvider.System)).RunAsync(
            TestContext.Current.CancellationToken
        );
    }

    private HostEnvironment Host((string, string)[] variables, params string[] words) =>
        SomeHost.With([("HOME", directory.PathOf("home")), .. variables]).Saying(words) with
        {
            WorkingDirectory = BytePath.From(directory.PathOf("home/project")),
            UserId = Native.Unistd.geteuid(),
        };
}
