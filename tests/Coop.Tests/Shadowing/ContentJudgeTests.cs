using Coop.HiddenFiles;
using Coop.Masking;
using Coop.Repositories;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Shadowing;

public class ContentJudgeTests
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
        Assert.Equal([Token("notes/new.txt")], found.Hidden);
        Assert.Equal([Token("tracked.txt")], found.Visible);
    }

    [Fact]
    public void All_hides_tracked_files_too()
    {
        using TemporaryRepository repository = new();
        repository.Write("project/tracked.txt", $"x {SomeSecrets.GitHubToken}\n");
        repository.Git("add", "tracked.txt");
        var found = Find(repository, hidesTracked: true);
        Assert.Equal([Token("tracked.txt")], found.Hidden);
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
        Assert.Equal(first.Hidden, second.Hidden);
        repository.Write("project/a.txt", "nothing, \n");
        repository.Write("project/b.txt", $"{SomeSecrets.GitHubToken}\n");
        Assert.Equal([Token("b.txt")], Find(repository, hidesTracked: false).Hidden);
    }

    [Theory]
    [InlineData("")]
    [InlineData("coop-content 2 other\n\n")]
    [InlineData("scrambled")]
    public void A_damaged_cache_only_costs_time(string content)
    {
        using TemporaryRepository repository = new();
        repository.Write("project/a.txt", $"x {SomeSecrets.GitHubToken}\n");
        repository.Write("cache", content);
        Assert.Equal([Token("a.txt")], Find(repository, hidesTracked: false).Hidden);
    }

    [Fact]
    public void What_a_name_hides_is_not_looked_into_and_neither_is_what_the_user_shows()
    {
        using TemporaryRepository repository = new();
        repository.Write("project/.env", $"x {SomeSecrets.GitHubToken}\n");
        repository.Write("project/secrets/.git/a.txt", $"x {SomeSecrets.GitHubToken}\n");
        repository.Write("project/shown.txt", $"x {SomeSecrets.GitHubToken}\n");
        repository.Git("add", "shown.txt");
        var exceptions = UserExceptions.Of(BytePath.From("shown.txt"));
        var (hidden, visible) = Find(repository, hidesTracked: true, exceptions);
        Assert.Equal([".env .env", "secrets secrets"], hidden);
        Assert.Empty(visible);
    }

    [Fact]
    public void A_moved_file_is_known_and_a_renamed_one_looked_into_again_with_the_same_answer()
    {
        using TemporaryRepository repository = new();
        repository.Write("project/a.txt", $"x {SomeSecrets.GitHubToken}\n");
        var before = Find(repository, hidesTracked: false).Hidden;
        Directory.CreateDirectory(repository.PathOf("project/below"));
        File.Move(repository.PathOf("project/a.txt"), repository.PathOf("project/below/b.txt"));
        Assert.Equal([Token("a.txt")], before);
        Assert.Equal([Token("below/b.txt")], Find(repository, hidesTracked: false).Hidden);
    }

    [Fact]
    public void The_cache_keeps_what_was_seen_last_and_nothing_else()
    {
        using TemporaryRepository repository = new();
        for (var number = 0; number < 20; number++)
        {
            repository.Write($"project/{number}.txt", "nothing\n");
        }

        Find(repository, hidesTracked: false);
        var full = new FileInfo(repository.PathOf("cache")).Length;
        for (var number = 0; number < 20; number++)
        {
            File.Delete(repository.PathOf($"project/{number}.txt"));
        }

        repository.Write("project/new.txt", "nothing\n");
        Find(repository, hidesTracked: false);
        Assert.Equal(full - (19 * sizeof(ulong)), new FileInfo(repository.PathOf("cache")).Length);
    }

    private static string Token(string path) => $"{path} GitHub personal access token";

    private static (List<string> Hidden, List<string> Visible) Find(
        TemporaryRepository repository,
        bool hidesTracked,
        UserExceptions? exceptions = null
    )
    {
        var location = RepositoryFinder.Find(repository.Root, null);
        ContentJudge judge = new(location, repository.PathOf("cache"), hidesTracked);
        var found = new HiddenPathFinder(exceptions ?? UserExceptions.None, HiddenMemory.Empty).Find(
            location.Root,
            new HashSet<BytePath> { BytePath.From(".git") },
            judge,
            TestContext.Current.CancellationToken
        );
        return (
            [.. found.Hidden.Select(path => $"{path.Path} {path.Reason.Rule}")],
            [.. judge.Visible.Select(token => $"{token.Path} {token.Kind}")]
        );
    }
}
