using Coop.Git;
using Coop.TestKit;
using Xunit;

namespace Coop.Shadowing;

public class ContentSearchTests
{
    [Fact]
    public void An_untracked_file_with_a_token_is_hidden_and_a_tracked_one_is_warned_of()
    {
        using TemporaryRepository repository = new();
        repository.Write("project/tracked.txt", $"x {SomeSecrets.GitHubToken}\n");
        repository.Git("add", "tracked.txt");
        repository.Write("project/notes/new.txt", $"x {SomeSecrets.GitHubToken}\n");
        repository.Write("project/generic.txt", "password = \"Rk7vQz2pLd!x\"\n"); // coop:allow-secret made up for this test
        var found = Find(repository, hidesTracked: false);
        Assert.Equal(["notes/new.txt"], found.Hidden.Keys.Select(path => path.ToString()));
        Assert.Equal(["tracked.txt GitHub personal access token"], found.Visible.Select(token => $"{token.Path} {token.Kind}"));
    }

    [Fact]
    public void All_hides_tracked_files_too()
    {
        using TemporaryRepository repository = new();
        repository.Write("project/tracked.txt", $"x {SomeSecrets.GitHubToken}\n");
        repository.Git("add", "tracked.txt");
        var found = Find(repository, hidesTracked: true);
        Assert.Equal(["tracked.txt"], found.Hidden.Keys.Select(path => path.ToString()));
        Assert.Empty(found.Visible);
    }

    [Fact]
    public void The_cache_gives_the_same_answer_and_notices_a_change()
    {
        using TemporaryRepository repository = new();
        repository.Write("project/a.txt", $"x {SomeSecrets.GitHubToken}\n");
        repository.Write("project/b.txt", "nothing\n");
        var first = Find(repository, hidesTracked: false);
        var second = Find(repository, hidesTracked: false);
        Assert.Equal(first.Hidden.Keys, second.Hidden.Keys);
        repository.Write("project/a.txt", "nothing, \n");
        repository.Write("project/b.txt", $"{SomeSecrets.GitHubToken}\n");
        Assert.Equal(["b.txt"], Find(repository, hidesTracked: false).Hidden.Keys.Select(path => path.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("coop-content 1 other\n\n")]
    [InlineData("scrambled")]
    public void A_damaged_cache_only_costs_time(string content)
    {
        using TemporaryRepository repository = new();
        repository.Write("project/a.txt", $"x {SomeSecrets.GitHubToken}\n");
        repository.Write("cache", content);
        Assert.Equal(["a.txt"], Find(repository, hidesTracked: false).Hidden.Keys.Select(path => path.ToString()));
    }

    private static ContentFindings Find(TemporaryRepository repository, bool hidesTracked) =>
        ContentSearch.Find(
            RepositoryFinder.Find(repository.Root, null),
            repository.PathOf("cache"),
            hidesTracked,
            TestContext.Current.CancellationToken
        );
}
