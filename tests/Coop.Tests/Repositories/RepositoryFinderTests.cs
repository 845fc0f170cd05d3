using Coop.Errors;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Repositories;

public sealed class RepositoryFinderTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Theory]
    [InlineData("project")]
    [InlineData("project/src/deep")]
    public void A_repository_is_found_from_anywhere_in_it(string start)
    {
        Directory.CreateDirectory(repository.PathOf("project/src/deep"));
        Assert.Equal(Plain("project"), Find(start));
    }

    [Fact]
    public void Outside_a_repository_the_directory_itself_is_taken()
    {
        Directory.CreateDirectory(repository.PathOf("elsewhere/deep"));
        Assert.Equal(new RepositoryLocation(repository.BytesOf("elsewhere/deep"), null, null), Find("elsewhere/deep"));
    }

    [Fact]
    public void A_linked_worktree_has_a_directory_of_its_own_and_shares_the_common_one()
    {
        repository.Git("worktree", "add", "--quiet", "../tree");
        var location = Find("tree");
        Assert.Equal(
            new RepositoryLocation(
                repository.BytesOf("tree"),
                repository.BytesOf("project/.git/worktrees/tree"),
                repository.BytesOf("project/.git")
            ),
            location
        );
        Assert.True(location is { IsRepository: true, IsLinkedWorktree: true, HasOutsideGitDirectory: true });
    }

    [Fact]
    public void A_submodules_checkout_has_its_directory_in_the_outer_repository()
    {
        repository.Git("init", "--quiet", "../library");
        repository.GitIn("library", "commit", "--quiet", "--allow-empty", "--message=first");
        repository.Git("submodule", "--quiet", "add", "../library", "lib");
        var location = Find("project/lib");
        Assert.Equal(
            new RepositoryLocation(
                repository.BytesOf("project/lib"),
                repository.BytesOf("project/.git/modules/lib"),
                repository.BytesOf("project/.git/modules/lib")
            ),
            location
        );
        Assert.True(location is { IsLinkedWorktree: false, HasOutsideGitDirectory: true });
    }

    [Fact]
    public void A_git_directory_behind_a_link_is_known_by_its_own_place()
    {
        Directory.Move(repository.PathOf("project/.git"), repository.PathOf("store"));
        File.CreateSymbolicLink(repository.PathOf("project/.git"), "../store");
        Assert.Equal(
            new RepositoryLocation(repository.Root, repository.BytesOf("store"), repository.BytesOf("store")),
            Find("project")
        );
    }

    [Fact]
    public void A_directory_that_is_only_named_git_is_no_repository()
    {
        Directory.CreateDirectory(repository.PathOf("project/sub/.git"));
        Assert.Equal(Plain("project"), Find("project/sub"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gitdir: ")]
    [InlineData("gitdir: ../nowhere\n")]
    [InlineData("gitdir: ../project/README\n")]
    [InlineData("nonsense\n")]
    [InlineData("gitdir: ../pro\0ject/.git\n")]
    public void A_damaged_pointer_is_an_error(string content)
    {
        repository.Write("tree/.git", content);
        var error = Assert.Throws<UserError>(() => Find("tree"));
        Assert.Equal($"'{repository.PathOf("tree/.git")}' does not lead to a git directory.", error.Message);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void A_huge_pointer_is_an_error()
    {
        repository.Write("tree/.git", "gitdir: " + new string('x', 100_000));
        Assert.Throws<UserError>(() => Find("tree"));
    }

    [Theory]
    [InlineData("bare")]
    [InlineData("bare/refs/heads")]
    [InlineData("project/.git")]
    [InlineData("project/.git/hooks")]
    public void A_bare_repository_or_the_inside_of_one_is_refused(string start)
    {
        repository.Git("clone", "--quiet", "--bare", ".", "../bare");
        var error = Assert.Throws<UserError>(() => Find(start));
        Assert.Contains("is a bare repository or the inside of one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_home_directory_is_refused_also_as_a_repository_and_through_a_link()
    {
        var message = $"'{repository.Home}' is your home directory; a box would hold all your files.";
        Assert.Equal(message, Assert.Throws<UserError>(() => Find("home")).Message);
        repository.GitIn("home", "init", "--quiet");
        Directory.CreateDirectory(repository.PathOf("home/project"));
        Assert.Equal(message, Assert.Throws<UserError>(() => Find("home/project")).Message);

        File.CreateSymbolicLink(repository.PathOf("link"), "home");
        Assert.Equal(
            message,
            Assert.Throws<UserError>(() => RepositoryFinder.Find(repository.BytesOf("home"), repository.PathOf("link"))).Message
        );
    }

    [Fact]
    public void A_directory_that_holds_the_home_is_refused() =>
        Assert.Equal(
            $"'{repository.Base}' holds your home directory; a box would hold all your files.",
            Assert.Throws<UserError>(() => RepositoryFinder.Find(BytePath.From(repository.Base), repository.Home)).Message
        );

    [Fact]
    public void The_root_is_refused() =>
        Assert.StartsWith(
            "The root directory '/' is no repository",
            Assert.Throws<UserError>(() => RepositoryFinder.Find(BytePath.From("/"), null)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Names_that_are_no_text_are_found()
    {
        using TemporaryTree tree = new();
        tree.Shell("git init --quiet \"$(printf 'a\\377b')\"");
        var root = tree.Root.Join([(byte)'a', 0xff, (byte)'b']);
        Assert.Equal(new RepositoryLocation(root, root.Join(".git"), root.Join(".git")), RepositoryFinder.Find(root, null));
    }

    [Theory]
    [InlineData("echo 'gitdir: ../project/.git' > tree/.git")]
    [InlineData("ln -s ../project/.git tree/.git")]
    [InlineData("git init --quiet tree && echo ../../project/.git > tree/.git/commondir")]
    [InlineData("git -C project worktree add --quiet ../mine && cp mine/.git tree/.git")]
    [InlineData("git init --quiet --bare bare.git && echo 'gitdir: ../bare.git' > tree/.git")]
    [InlineData(
        "mkdir -p tree/a/worktrees/b && cp -R project/.git/. tree/a/worktrees/b && echo 'gitdir: a/worktrees/b' > tree/.git && "
            + "echo ../../../../project/.git > tree/a/worktrees/b/commondir && echo ../../../.git > tree/a/worktrees/b/gitdir"
    )]
    [InlineData(
        "git init --quiet library && git -C library commit --quiet --allow-empty -m one && "
            + "git -C project -c protocol.file.allow=always submodule --quiet add ../library lib && echo 'gitdir: ../project/.git/modules/lib' > tree/.git"
    )]
    public void A_pointer_to_a_git_directory_of_another_tree_is_refused(string plant)
    {
        repository.Shell($"cd .. && mkdir -p tree && {plant}");
        var error = Assert.Throws<UserError>(() => Find("tree"));
        Assert.Contains("does not say that it belongs to this directory", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Theory]
    [InlineData("git init --quiet --separate-git-dir=store tree", "store")]
    [InlineData("mkdir tree && git init --quiet --separate-git-dir=tree/inside tree", "tree/inside")]
    [InlineData(
        "mv project/.git elsewhere && mkdir -p tree && git --git-dir=elsewhere config core.worktree ../tree && echo 'gitdir: ../elsewhere' > tree/.git",
        "elsewhere"
    )]
    [InlineData(
        "mkdir place && mv project/.git place/.git && git --git-dir=place/.git config core.worktree \"$PWD/tree\" && mkdir tree && ln -s ../place/.git tree/.git",
        "place/.git"
    )]
    public void A_git_directory_elsewhere_that_is_this_trees_is_taken(string make, string gitDirectory)
    {
        repository.Shell($"cd .. && {make}");
        Assert.Equal(
            new RepositoryLocation(
                repository.BytesOf("tree"),
                repository.BytesOf(gitDirectory),
                repository.BytesOf(gitDirectory)
            ),
            Find("tree")
        );
    }

    private RepositoryLocation Plain(string root) =>
        new(repository.BytesOf(root), repository.BytesOf(root).Join(".git"), repository.BytesOf(root).Join(".git"));

    private RepositoryLocation Find(string start) => RepositoryFinder.Find(repository.BytesOf(start), repository.Home);
}
