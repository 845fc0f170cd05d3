using Coop.Errors;
using Coop.Native;
using Coop.TestKit;
using Xunit;

namespace Coop.ForkKeeping;

public sealed class ForkCreatorTests : IDisposable
{
    private readonly ForkRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_fork_is_a_clone_on_a_branch_of_its_name()
    {
        await rig.MakeAsync("f1");
        Assert.Equal(rig.Head, rig.GitInFork("f1", "rev-parse", "refs/heads/f1").Trim());
        Assert.Equal("f1", rig.GitInFork("f1", "branch", "--show-current").Trim());
        Assert.Equal("", rig.GitInFork("f1", "status", "--porcelain"));
        Assert.Equal(
            "one\ntwo\nthree\n",
            await File.ReadAllTextAsync(rig.ForkPath("f1") + "/src/app.txt", TestContext.Current.CancellationToken)
        );
        rig.GitInFork("f1", "fsck", "--full", "--strict");
    }

    [Fact]
    public async Task Nothing_but_the_history_of_the_current_commit_comes_along()
    {
        rig.Repository.Git("switch", "--quiet", "--create", "private");
        rig.Repository.Write("project/private.txt", "private words");
        rig.Repository.Git("add", "--all");
        rig.Repository.Git("commit", "--quiet", "--message=private");
        var secret = rig.Repository.Git("rev-parse", "HEAD:private.txt").Trim();
        rig.Repository.Git("tag", "v1");
        rig.Repository.Git("switch", "--quiet", "main");
        rig.Repository.Write("project/src/app.txt", "stashed words");
        rig.Repository.Git("stash");
        rig.Repository.Write("project/.env", "TOKEN=1");
        await rig.MakeAsync("f1");
        Assert.Equal(["refs/heads/f1"], Lines(rig.GitInFork("f1", "for-each-ref", "--format=%(refname)")));
        Assert.Equal("", rig.GitInFork("f1", "remote"));
        var objects = rig.GitInFork("f1", "cat-file", "--batch-all-objects", "--batch-check=%(objectname)");
        Assert.DoesNotContain(secret, objects, StringComparison.Ordinal);
        Assert.Equal(
            Lines(rig.Repository.Git("rev-list", "--objects", "--no-object-names", "main")).Order(StringComparer.Ordinal),
            Lines(objects).Order(StringComparer.Ordinal)
        );
        Assert.False(File.Exists(rig.ForkPath("f1") + "/.env"));
    }

    [Fact]
    public async Task No_byte_is_shared_with_the_users_repository()
    {
        await rig.MakeAsync("f1");
        Assert.Empty(Inodes(rig.Repository.PathOf("project/.git")).Intersect(Inodes(rig.ForkPath("f1"))));
        Assert.False(File.Exists(rig.ForkPath("f1") + "/.git/objects/info/alternates"));
    }

    [Fact]
    public async Task Ignored_files_come_along_when_asked_for_and_hidden_ones_never()
    {
        rig.Repository.Write("project/.env", "TOKEN=1");
        rig.Repository.Write("project/local.db", "rows");
        rig.Repository.Write("project/node_modules/a/index.js", "code");
        rig.Repository.Write("project/node_modules/a/.env", "TOKEN=2");
        rig.Repository.Write("project/node_modules/a/.git/config", "[core]\n\tfsmonitor = evil\n");
        File.CreateSymbolicLink(rig.Repository.PathOf("project/node_modules/link"), "a/index.js");
        await rig.MakeAsync("f1", includesIgnored: true);
        Assert.Equal(
            "code",
            await File.ReadAllTextAsync(rig.ForkPath("f1") + "/node_modules/link", TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            [".gitignore", "README", "local.db", "node_modules/a/index.js", "node_modules/link", "src/app.txt"],
            Directory
                .EnumerateFiles(rig.ForkPath("f1"), "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(rig.ForkPath("f1"), path))
                .Where(path => !path.StartsWith(".git/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_detached_head_and_an_empty_repository_say_what_to_do()
    {
        rig.Repository.Git("switch", "--quiet", "--detach");
        Assert.Contains(
            "git switch --create",
            (await Assert.ThrowsAsync<UserError>(() => rig.MakeAsync("f1"))).Hint,
            StringComparison.Ordinal
        );
        rig.Repository.Write("empty/x", "");
        rig.Repository.GitIn("empty", "init", "--quiet", "--initial-branch=main");
        rig.Place = "empty";
        Assert.Contains(
            "git commit",
            (await Assert.ThrowsAsync<UserError>(() => rig.MakeAsync("f1"))).Hint,
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(rig.ForkPath("f1")));
    }

    [Fact]
    public async Task A_linked_worktree_has_forks_of_its_own_branch()
    {
        rig.Repository.Git("worktree", "add", "--quiet", "-b", "feature", rig.Repository.PathOf("feature"));
        rig.Place = "feature";
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
        Assert.Equal("work of f1\n", rig.Repository.Git("log", "-1", "--format=%s", "feature"));
        Assert.Equal("second\n", rig.Repository.Git("log", "-1", "--format=%s", "main"));
        Assert.Equal("", rig.Repository.GitIn("feature", "status", "--porcelain"));
        Assert.True(File.Exists(rig.Repository.PathOf("feature/new.txt")));
    }

    [Theory]
    [InlineData("--depth=1")]
    [InlineData("--filter=blob:none")]
    public async Task Shallow_and_partial_clones_have_forks_that_land(string option)
    {
        rig.Repository.Write("project/src/app.txt", "newer\n");
        rig.Repository.Git("commit", "--quiet", "--all", "--message=third");
        rig.Repository.Git("config", "uploadpack.allowFilter", "true");
        rig.Repository.GitIn(".", "clone", "--quiet", option, "file://" + rig.Repository.PathOf("project"), "copy");
        rig.Place = "copy";
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
        Assert.Equal("", rig.Repository.GitIn("copy", "status", "--porcelain"));
        Assert.Equal("work of f1\n", rig.Repository.GitIn("copy", "log", "-1", "--format=%s"));
        rig.Repository.GitIn("copy", "fsck");
    }

    [Fact]
    public async Task Submodules_and_pointers_of_large_files_stay_as_they_are()
    {
        rig.Repository.Write("library/x", "x");
        rig.Repository.GitIn("library", "init", "--quiet");
        rig.Repository.GitIn("library", "add", "--all");
        rig.Repository.GitIn("library", "commit", "--quiet", "--message=x");
        rig.Repository.Git("submodule", "--quiet", "add", rig.Repository.PathOf("library"), "library");
        rig.Repository.Write("project/.gitattributes", "*.bin filter=lfs diff=lfs merge=lfs\n");
        rig.Repository.Write("project/big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n");
        rig.Repository.Git("add", "--all");
        rig.Repository.Git("commit", "--quiet", "--message=parts");
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        Assert.StartsWith(
            "version",
            await File.ReadAllTextAsync(rig.ForkPath("f1") + "/big.bin", TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
        Assert.Equal("", rig.Repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task What_stands_at_the_place_of_a_fork_is_left_alone()
    {
        rig.Repository.Write("project-forks/f1/mine.txt", "mine");
        await Assert.ThrowsAsync<UserError>(() => rig.MakeAsync("f1"));
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(rig.ForkPath("f1")).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateFileSystemEntries(rig.Repository.PathOf("project-forks/.coop/scratch")));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<ulong> Inodes(string directory) =>
        Directory
            .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(path => FileQuestion.StatusOfLink(CString.From(path))!.Value.Inode);
}
