using Coop.Cli;
using Coop.Processes;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.CheckSecrets;

public sealed class CheckSecretsBadInputTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    private static string Token => SomeSecrets.GitHubToken;

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task A_version_that_a_partial_clone_lacks_is_named_and_nothing_is_fetched()
    {
        repository.Write("project/a.txt", $"{Token}\n");
        repository.Git("add", "--all");
        repository.Git("commit", "--quiet", "--message=one");
        repository.Write("project/a.txt", "clean\n");
        repository.Git("commit", "--quiet", "--all", "--message=two");
        repository.Git("config", "uploadpack.allowFilter", "true");
        repository.Git("config", "uploadpack.allowAnySHA1InWant", "true");
        repository.GitIn(
            "home",
            "clone",
            "--quiet",
            "--filter=blob:none",
            $"file://{repository.PathOf("project")}",
            "../partial"
        );
        var before = Packs();
        var (code, output, error) = await RunInAsync("partial", "--history");
        Assert.Equal((4, ""), (code, output));
        Assert.Contains("'a.txt' in commit ", error, StringComparison.Ordinal);
        Assert.Contains("is missing from this clone", error, StringComparison.Ordinal);
        Assert.Equal(before, Packs());
        Assert.Equal(0, (await RunInAsync("partial")).Code);
    }

    [Fact]
    public async Task A_shallow_clone_says_what_was_not_looked_at()
    {
        repository.Write("project/a.txt", $"{Token}\n");
        repository.Git("add", "--all");
        repository.Git("commit", "--quiet", "--message=one");
        repository.Git("rm", "--quiet", "a.txt");
        repository.Git("commit", "--quiet", "--message=two");
        repository.GitIn("home", "clone", "--quiet", "--depth=1", $"file://{repository.PathOf("project")}", "../shallow");
        var (code, output, error) = await RunInAsync("shallow", "--history");
        Assert.Equal((0, ""), (code, output));
        Assert.Contains("This clone is shallow", error, StringComparison.Ordinal);
        Assert.Equal(1, (await RunInAsync("project", "--history")).Code);
    }

    [Fact]
    public async Task A_staged_version_that_cannot_be_read_is_named_and_the_rest_is_scanned()
    {
        repository.Write("project/a.txt", "gone\n");
        repository.Write("project/b.txt", $"{Token}\n");
        repository.Git("add", "--all");
        var id = repository.Git("rev-parse", ":a.txt").Trim();
        File.Delete(repository.PathOf($"project/.git/objects/{id[..2]}/{id[2..]}"));
        var (code, output, error) = await RunInAsync("project", "--staged");
        Assert.Equal(4, code);
        Assert.StartsWith("b.txt:1:1: ", output, StringComparison.Ordinal);
        Assert.Contains("'a.txt' as it is staged cannot be read", error, StringComparison.Ordinal);
        Assert.Contains("no all-clear", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_named_and_the_rest_is_listed()
    {
        using var tree = new TemporaryTree()
            .File("README", "x\n")
            .Folder("closed")
            .Shell("chmod 755 . && chmod 644 README && chmod 000 closed");
        List<(BytePath Path, string Reason)> unread = [];
        using (new OtherUser())
        {
            var files = FileLister.List(tree.Root, BytePath.Empty, unread, CancellationToken.None);
            Assert.Equal(["README"], files.Select(file => file.ToString()));
        }

        Assert.Equal(["The directory 'closed' cannot be read (permission denied)."], unread.Select(one => one.Reason));
    }

    private string[] Packs() =>
        [
            .. Directory
                .GetFiles(repository.PathOf("partial/.git/objects"), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal),
        ];

    private async Task<(int Code, string Output, string Error)> RunInAsync(string directory, params string[] words)
    {
        RecordedTerminal terminal = new();
        var host = SomeHost
            .With(("HOME", repository.Home), ("PATH", Environment.GetEnvironmentVariable("PATH")!))
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
