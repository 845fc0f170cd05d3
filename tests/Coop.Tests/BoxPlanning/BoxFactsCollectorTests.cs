using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Git;
using Coop.Native;
using Coop.Processes;
using Coop.Repositories;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.BoxPlanning;

/// <summary>What is read of a real repository.</summary>
public sealed class BoxFactsCollectorTests : IDisposable
{
    private static readonly TerminalFacts NoTerminal = new(false, false, null, null);

    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task A_repository_is_read_from_a_directory_in_it()
    {
        repository.Write("project/.env", "KEY=1\n");
        repository.Write("project/src/Dockerfile.agent", "");
        var facts = await CollectAsync("project/src");
        Assert.Equal(
            new RepositoryLocation(repository.Root, repository.Root.Join(".git"), repository.Root.Join(".git")),
            facts.Location
        );
        Assert.Equal(repository.Root.Join("src"), facts.StartDirectory);
        Assert.Equal(new UserAndGroup(Unistd.geteuid(), Unistd.getgid()), facts.RepositoryOwner);
        Assert.Equal([".env"], facts.Hidden.Hidden.Select(hidden => hidden.Path.ToString()));
        Assert.Equal("Ada", facts.GitConfiguration.GetFromUser("user.name"));
        Assert.False(facts.HasOwnImage);
        Assert.Equal(repository.BytesOf($"state/runs/{facts.RunId}/line"), facts.LineDirectory);
    }

    [Fact]
    public async Task Every_run_has_an_id_of_its_own()
    {
        var one = await CollectAsync("project");
        var other = await CollectAsync("project");
        Assert.Matches("^[0-9a-f]{8}$", one.RunId);
        Assert.NotEqual(one.RunId, other.RunId);
    }

    [Fact]
    public async Task A_rehearsal_has_no_lifeline_and_leaves_nothing()
    {
        repository.Write("project/.env", "KEY=1\n");
        Assert.Null((await CollectAsync("project", isRehearsal: true)).LineDirectory);
        Assert.False(Directory.Exists(repository.PathOf("state")));
    }

    [Fact]
    public async Task An_image_of_the_repositorys_own_is_a_regular_file_at_the_top()
    {
        File.CreateSymbolicLink(repository.PathOf("project/Dockerfile.agent"), "README");
        Assert.False((await CollectAsync("project")).HasOwnImage);
        File.Delete(repository.PathOf("project/Dockerfile.agent"));
        repository.Write("project/Dockerfile.agent", "FROM x\n");
        Assert.True((await CollectAsync("project")).HasOwnImage);
    }

    [Theory]
    [InlineData("home/.config/git/ignore", null)]
    [InlineData("home/mine", "~/mine")]
    public async Task The_users_global_ignores_are_found_as_git_finds_them(string file, string? setting)
    {
        repository.Write(file, "*.log\n");
        if (setting is not null)
        {
            repository.Git("config", "--global", "core.excludesFile", setting);
        }

        Assert.Equal("*.log\n", (await CollectAsync("project")).GlobalIgnores);
    }

    [Fact]
    public async Task A_repository_cannot_name_a_file_of_the_users_as_ignores()
    {
        var secret = repository.Write("home/secret", "sesame\n");
        repository.Git("config", "core.excludesFile", secret);
        Assert.Equal("", (await CollectAsync("project")).GlobalIgnores);
    }

    [Fact]
    public async Task The_users_variables_are_read_from_the_agents_directory()
    {
        repository.Write("config/agents/env", "TOKEN='a b'\nexport OTHER=1\n");
        Assert.Equal(
            [new BoxVariable("TOKEN", "a b"), new BoxVariable("OTHER", "1")],
            (await CollectAsync("project")).UserVariables
        );
    }

    [Fact]
    public async Task A_file_of_variables_that_is_none_stops_the_start()
    {
        Directory.CreateDirectory(repository.PathOf("config/agents/env"));
        var error = await Assert.ThrowsAsync<UserError>(() => CollectAsync("project"));
        Assert.Equal($"The file '{repository.PathOf("config/agents/env")}' is a directory.", error.Message);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public async Task A_repository_can_be_chosen_also_through_a_link()
    {
        File.CreateSymbolicLink(repository.PathOf("link"), "project");
        var facts = await CollectAsync("home", settings: (SettingCatalog.Repository, repository.PathOf("link")));
        Assert.Equal((repository.Root, repository.Root), (facts.Location.Root, facts.StartDirectory));
    }

    [Fact]
    public async Task Outside_a_repository_git_is_asked_nothing()
    {
        Directory.CreateDirectory(repository.PathOf("plain"));
        var facts = await CollectAsync("plain");
        Assert.Equal(new RepositoryLocation(repository.BytesOf("plain"), null, null), facts.Location);
        Assert.Equal([], facts.GitConfiguration.Entries);
    }

    private Task<BoxFacts> CollectAsync(string start, bool isRehearsal = false, params (string Key, string Value)[] settings)
    {
        var host = SomeHost.With(("HOME", repository.Home)) with
        {
            WorkingDirectory = repository.BytesOf(start),
            UserId = Unistd.geteuid(),
            GroupId = Unistd.getgid(),
        };
        UserDirectories directories = new(
            repository.PathOf("config"),
            repository.PathOf("state"),
            repository.PathOf("cache"),
            repository.PathOf("data"),
            repository.Home
        );
        GitClient git = new(new ProcessRunner([]), repository.Environment);
        return new BoxFactsCollector(host, directories, git).CollectAsync(
            EngineKind.Bubblewrap,
            NoTerminal,
            SomeSettings.With([(SettingCatalog.ConfigDirectory, repository.PathOf("config/agents")), .. settings]),
            isRehearsal,
            isForeign: false,
            TestContext.Current.CancellationToken
        );
    }
}
