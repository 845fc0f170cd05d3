using Coop.Errors;
using Coop.Native;
using Coop.Processes;
using Coop.Repositories;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Git;

public sealed class GitClientTests : IDisposable
{
    private static readonly string[] ListWords =
    [
        "git",
        "-c",
        "safe.directory=*",
        "config",
        "--list",
        "--includes",
        "--show-scope",
        "--show-origin",
        "-z",
    ];

    private readonly TemporaryRepository repository = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task The_effective_configuration_is_read_includes_followed()
    {
        repository.Write("home/more", "[user]\n\temail = other@example.org\n");
        repository.Git("config", "--global", "include.path", repository.PathOf("home/more"));
        repository.Git("config", "user.name", "Local");
        var configuration = await Client().ReadConfigurationAsync(repository.Root, Token);
        Assert.Equal(
            ("Ada", "Local", "other@example.org"),
            (configuration.GetFromUser("user.name"), configuration.Get("user.name"), configuration.Get("user.email"))
        );
    }

    [Fact]
    public async Task Reading_runs_nothing_that_the_repository_names()
    {
        var witness = repository.PathOf("ran");
        repository.Write("evil.sh", $"#!/bin/sh\ntouch '{witness}'\n");
        File.SetUnixFileMode(repository.PathOf("evil.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (
            var key in (string[])
                ["core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "filter.x.clean", "alias.config"]
        )
        {
            repository.Git("config", key, repository.PathOf("evil.sh"));
        }

        await Client().ReadConfigurationAsync(repository.Root, Token);
        Assert.False(File.Exists(witness));
    }

    [Theory]
    [InlineData("x", true)]
    [InlineData("a.b=c", true)]
    [InlineData("x\\377", false)]
    public async Task Refreshing_the_index_runs_nothing_that_the_repository_names(string driver, bool isRefreshed)
    {
        var evil = repository.Write("evil.sh", $"#!/bin/sh\ntouch '{repository.PathOf("ran")}'\ncat\n");
        File.SetUnixFileMode(evil, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        repository.Shell(
            $"""
            driver=$(printf '{driver}')
            git config core.fsmonitor {evil}
            git config "filter.$driver.clean" {evil}
            git config "filter.$driver.process" {evil}
            git config "filter.$driver.required" true
            cp {evil} .git/hooks/post-index-change
            printf '* filter=%s\n' "$driver" > .git/info/attributes
            touch README .git/index
            rm -f ../ran
            """
        );
        var configuration = await Client().ReadConfigurationAsync(repository.Root, Token);
        var location = RepositoryFinder.Find(repository.Root, null);
        Assert.Equal(isRefreshed, await Client().RefreshIndexAsync(location, configuration, null, Token));
        Assert.False(File.Exists(repository.PathOf("ran")));
    }

    [Fact]
    public async Task A_configuration_that_git_cannot_read_is_an_error_with_gits_words()
    {
        repository.Write("project/.git/config", "[core\n");
        var error = await Assert.ThrowsAsync<UserError>(() => Client().ReadConfigurationAsync(repository.Root, Token));
        Assert.Equal(
            $"git cannot read its configuration in '{repository.Root}': fatal: bad config line 1 in file .git/config.",
            error.Message
        );
    }

    [Fact]
    public async Task A_missing_git_is_named()
    {
        using var processes = new ScriptedProcessRunner().ExpectMissing(ListWords);
        var error = await Assert.ThrowsAsync<UserError>(() =>
            new GitClient(processes, []).ReadConfigurationAsync(repository.Root, Token)
        );
        Assert.Equal("git is not installed, or cannot be started.", error.Message);
    }

    [Fact]
    public async Task Git_takes_no_lock_and_asks_no_question()
    {
        using var processes = new ScriptedProcessRunner().Expect(ListWords);
        await new GitClient(processes, CString.List("A=1")).ReadConfigurationAsync(BytePath.From("/x"), Token);
        Assert.Equal(
            CString.List("A=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1"),
            processes.Specs.Single().Environment
        );
        Assert.Equal(CString.From("/x"), processes.Specs.Single().Directory);
    }

    private GitClient Client() => new(new ProcessRunner([]), repository.Environment);
}
