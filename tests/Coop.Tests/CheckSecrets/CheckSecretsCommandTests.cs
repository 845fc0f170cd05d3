using System.Text.Json;
using Coop.Cli;
using Coop.Processes;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.CheckSecrets;

public sealed class CheckSecretsCommandTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    private static string Token => SomeSecrets.GitHubToken;

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task A_clean_repository_has_nothing_to_tell()
    {
        Assert.Equal((0, "", "coop: No credentials found in 1 file.\n"), await RunAsync());
    }

    [Fact]
    public async Task Findings_are_sorted_and_redacted_and_the_exit_code_says_so()
    {
        repository.Write("project/b.txt", $"x\ny {Token}\n");
        repository.Write("project/a/new\nline.txt", $"{Token}\n");
        var (code, output, error) = await RunAsync();
        Assert.Equal(1, code);
        Assert.Equal(
            "a/new\\nline.txt:1:1: GitHub personal access token (ghp_***(40))\nb.txt:2:3: GitHub personal access token (ghp_***(40))\n",
            output
        );
        Assert.DoesNotContain(Token[5..], output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ignored_files_are_scanned_only_with_all()
    {
        repository.Write("project/.gitignore", "build/\n");
        repository.Write("project/build/out.txt", $"{Token}\n");
        Assert.Equal(0, (await RunAsync()).Code);
        Assert.Equal(1, (await RunAsync("--all")).Code);
        Assert.Equal(1, (await RunAsync("build")).Code);
    }

    [Fact]
    public async Task Staged_looks_at_the_index_and_not_at_the_tree()
    {
        var path = repository.Write("project/a.txt", $"{Token}\n");
        repository.Git("add", "a.txt");
        await File.WriteAllTextAsync(path, "clean now\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync()).Code);
        Assert.StartsWith("a.txt:1:1: ", (await RunAsync("--staged")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_in_the_same_commit_does_not_silence_the_hook()
    {
        repository.Write("project/a.txt", $"{Token} # coop:allow-secret revoked\n");
        repository.Git("add", "a.txt");
        Assert.Equal((0, 1), ((await RunAsync()).Code, (await RunAsync("--staged")).Code));
        repository.Git("commit", "--quiet", "--message=known");
        repository.Write("project/a.txt", $"one line more\n{Token} # coop:allow-secret revoked\n");
        repository.Git("add", "a.txt");
        Assert.Equal(0, (await RunAsync("--staged")).Code);
    }

    [Fact]
    public async Task The_history_names_the_commit_and_says_what_is_gone()
    {
        repository.Write("project/a.txt", $"{Token}\n");
        repository.Write("project/b.txt", $"{SomeSecrets.OtherGitHubToken}\n");
        repository.Git("add", "--all");
        repository.Git("commit", "--quiet", "--message=with tokens");
        var commit = repository.Git("rev-parse", "HEAD")[..10];
        repository.Git("rm", "--quiet", "a.txt");
        repository.Git("commit", "--quiet", $"--message=remove {Token}");
        var (code, output, _) = await RunAsync("--history");
        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(1, code);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("message:1:8: ", lines[0], StringComparison.Ordinal);
        Assert.Matches($"^a.txt:1:1: .* in commit {commit} of [0-9T:+Z-]+, gone from HEAD$", lines[1]);
        Assert.Matches($"^b.txt:1:1: .* in commit {commit} of [0-9T:+Z-]+, still at HEAD$", lines[2]);
    }

    [Fact]
    public async Task History_and_staged_do_without_commits()
    {
        Directory.CreateDirectory(repository.PathOf("empty"));
        repository.GitIn("empty", "init", "--quiet");
        repository.Write("empty/a.txt", $"{Token}\n");
        repository.GitIn("empty", "add", "a.txt");
        Assert.Equal((0, 1), ((await RunInAsync("empty", "--history")).Code, (await RunInAsync("empty", "--staged")).Code));
    }

    [Fact]
    public async Task Reading_runs_nothing_that_the_repository_configures()
    {
        var trap = repository.PathOf("trapped");
        repository.Write("project/.gitattributes", "*.txt filter=evil diff=evil\n");
        repository.Write("project/a.txt", $"{Token}\n");
        repository.Git("add", "--all");
        repository.Git("commit", "--quiet", "--message=one");
        foreach (
            var key in (string[])
                [
                    "filter.evil.clean",
                    "filter.evil.smudge",
                    "diff.evil.textconv",
                    "diff.evil.command",
                    "core.fsmonitor",
                    "diff.external",
                    "core.pager",
                    "gpg.program",
                ]
        )
        {
            repository.Git("config", key, $"touch {trap}; cat");
        }

        repository.Git("config", "log.showSignature", "true");
        repository.Write("project/a.txt", $"changed {Token}\n");
        var codes = ((await RunAsync()).Code, (await RunAsync("--staged")).Code, (await RunAsync("--history")).Code);
        Assert.Equal((1, 0, 1), codes);
        Assert.False(File.Exists(trap));
    }

    [Fact]
    public async Task A_baseline_silences_what_it_knows_also_when_lines_move()
    {
        repository.Write("project/a.txt", $"{Token}\n");
        Assert.Equal(0, (await RunAsync("--baseline", "known.json", "--update-baseline")).Code);
        repository.Write("project/a.txt", $"\n\n  {Token}\n");
        Assert.Equal(0, (await RunAsync("--baseline", "known.json")).Code);
        repository.Write("project/a.txt", $"{Token}\n{SomeSecrets.OtherGitHubToken}\n");
        Assert.StartsWith("a.txt:2:1:", (await RunAsync("--baseline", "known.json")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Token[5..],
            await File.ReadAllTextAsync(repository.PathOf("project/known.json"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("nonsense", "is not the JSON that Coop writes (line 1)")]
    [InlineData("{}", "does not say its version")]
    [InlineData("""{"version": 99}""", "is of version 99; this program knows version 1")]
    [InlineData("""{"version": 1, "nonce": "xyz", "findings": []}""", "is not hexadecimal")]
    public async Task A_baseline_that_cannot_be_understood_is_a_usage_error(string content, string words)
    {
        repository.Write("project/known.json", content);
        var (code, _, error) = await RunAsync("--baseline", "known.json");
        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is not in this repository", "/etc/hostname")]
    [InlineData("There is no 'missing'", "missing")]
    [InlineData("needs the file to write", "--update-baseline")]
    [InlineData("exclude each other", "--staged", "--history")]
    [InlineData("There is no baseline", "--baseline", "none.json")]
    public async Task What_cannot_be_done_is_said(string words, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_and_sarif_are_documents_without_a_value()
    {
        repository.Write("project/ä b.txt", $"{Token}\n");
        var json = JsonDocument.Parse((await RunAsync("--format", "json")).Output).RootElement.GetProperty("findings")[0];
        Assert.Equal(
            ("ä b.txt", "github-pat", "provider", 1),
            (
                json.GetProperty("path").GetString(),
                json.GetProperty("kind").GetString(),
                json.GetProperty("tier").GetString(),
                json.GetProperty("line").GetInt32()
            )
        );
        var text = (await RunAsync("--format", "sarif")).Output;
        var sarif = JsonDocument.Parse(text).RootElement;
        Assert.Equal("2.1.0", sarif.GetProperty("version").GetString());
        var result = sarif.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal("github-pat", result.GetProperty("ruleId").GetString());
        Assert.Equal(
            "%C3%A4%20b.txt",
            result
                .GetProperty("locations")[0]
                .GetProperty("physicalLocation")
                .GetProperty("artifactLocation")
                .GetProperty("uri")
                .GetString()
        );
        Assert.DoesNotContain(Token[5..], text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hook_is_written_once_and_never_over_another()
    {
        Assert.Equal(0, (await RunAsync("--install-hook")).Code);
        var hook = repository.PathOf("project/.git/hooks/pre-commit");
        Assert.Contains(
            "check-secrets --staged",
            await File.ReadAllTextAsync(hook, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.True(File.GetUnixFileMode(hook).HasFlag(UnixFileMode.UserExecute));
        Assert.Contains("There is a hook already", (await RunAsync("--install-hook")).Error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] words) => RunInAsync("project", words);

    private async Task<(int Code, string Output, string Error)> RunInAsync(string directory, params string[] words)
    {
        RecordedTerminal terminal = new();
        var host = SomeHost
            .With(("HOME", repository.Home), ("PATH", System.Environment.GetEnvironmentVariable("PATH")!))
            .Saying([CheckSecretsCommand.Name, .. words]) with
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
