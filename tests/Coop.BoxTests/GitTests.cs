using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class GitTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task The_user_s_identity_is_in_the_box(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, owner);
        var result = (
            await repository.Shell("git config user.name; git config user.email; git config commit.gpgsign").RunAsync()
        ).Succeeded();
        Assert.Equal([TemporaryRepository.UserName, TemporaryRepository.UserMail, "false"], result.Lines);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task A_commit_made_in_the_box_is_the_user_s(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, owner);
        (
            await repository.Shell("echo more > more && git add more && git commit --quiet --message=second").RunAsync()
        ).Succeeded();
        var log = await repository.GitAsync("log", "-1", "--format=%s|%an|%ae|%cn");
        Assert.Equal(
            $"second|{TemporaryRepository.UserName}|{TemporaryRepository.UserMail}|{TemporaryRepository.UserName}\n",
            log.Out
        );
        Assert.Equal("", (await repository.GitAsync("status", "--porcelain")).Out);
        Assert.Equal(repository.OwnerUid, await repository.OwnerOfAsync(".git/index"));
        Assert.Equal(repository.OwnerUid, await repository.OwnerOfAsync(".git/refs/heads/main"));
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Nothing_changes_in_a_repository_that_a_command_only_reads(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var before = Names(repository.DirectoryPath);
        Assert.Equal("", (await repository.Shell("git status --porcelain").RunAsync()).Succeeded().Out);
        Assert.Equal(before, Names(repository.DirectoryPath));
        Assert.Equal("", (await repository.GitAsync("status", "--porcelain")).Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Other_settings_of_the_user_s_git_stay_outside(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var config = Path.Combine(repository.HomeDirectory, ".gitconfig");
        await File.AppendAllTextAsync(
            config,
            "[credential]\n\thelper = store\n[url \"https://marked-value@example.org/\"]\n\tinsteadOf = https://example.org/\n[http]\n\textraHeader = marked-value\n",
            TestContext.Current.CancellationToken
        );
        var result = (await repository.Shell("git config --list --show-origin").RunAsync()).Succeeded();
        Assert.DoesNotContain("marked-value", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("credential.helper", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_user_s_global_ignores_hold_in_the_box(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var directory = Path.Combine(repository.HomeDirectory, ".config/git");
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "ignore"), "*.scratch\n", TestContext.Current.CancellationToken);
        await repository.WriteAsync("notes.scratch", "text");
        Assert.Equal("", (await repository.Shell("git status --porcelain").RunAsync()).Succeeded().Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task A_linked_worktree_works_and_commits(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, owner);
        // Where the owner may make one; the root of the test belongs to another.
        var worktree = Path.Combine(repository.RootDirectory, "owner", "feature");
        await repository.GitAsync("worktree", "add", "--quiet", "-b", "feature", worktree);
        const string Script =
            "git status --porcelain && echo more > more && git add more && git commit --quiet --message=there && pwd";
        Assert.Equal($"{worktree}\n", (await repository.Shell(Script).In(worktree).RunAsync()).Succeeded().Out);
        Assert.Equal("there\n", (await repository.GitAsync("log", "-1", "--format=%s", "feature")).Out);
        Assert.Equal("first\n", (await repository.GitAsync("log", "-1", "--format=%s", "main")).Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_files_of_the_main_worktree_stay_outside_the_box_of_a_linked_one(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var worktree = Path.Combine(repository.RootDirectory, "owner", "feature");
        await repository.GitAsync("worktree", "add", "--quiet", "-b", "feature", worktree);
        await repository.WriteAsync("untracked", "marked-value");
        var run = repository
            .Coop("run", "--", "sh", "-c", "cat \"$1/untracked\" 2>/dev/null; true", "sh", repository.DirectoryPath)
            .In(worktree);
        Assert.Equal("", (await run.RunAsync()).Succeeded().Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Submodules_work(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var library = await TemporaryRepository.CreateAsync(rig);
        await library.WriteAsync(".env", "marked-value");
        await library.GitAsync("add", ".env");
        await library.GitAsync("commit", "--quiet", "--message=secret");
        await repository.GitAsync(
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            library.DirectoryPath,
            "library"
        );
        await repository.GitAsync("commit", "--quiet", "--message=library");

        // Out of the second in which the index was written: there git reads contents (racy git).
        File.SetLastWriteTimeUtc(repository.PathOf("library/.env"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await repository.GitInAsync(repository.PathOf("library"), "update-index", "--refresh");
        const string Script = """
            set -e
            if grep -q marked-value library/.env; then echo leaked; fi
            git submodule status | cut -c1
            cd library
            git status --porcelain
            echo more > more && git add more && git commit --quiet --message=inside
            git log --format=%s
            """;
        var result = (await repository.Shell(Script).RunAsync()).Succeeded();
        Assert.Equal([" ", "inside", "secret", "first"], result.Lines);
        Assert.Equal("inside\n", (await repository.GitInAsync(repository.PathOf("library"), "log", "-1", "--format=%s")).Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_subdirectory_is_where_the_command_starts_and_the_top_level_what_it_sees(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        (await repository.Shell("mkdir deep").RunAsync()).Succeeded();
        var result = (
            await repository
                .Shell("git rev-parse --show-toplevel; cat \"$(git rev-parse --show-toplevel)/README.md\"")
                .In(repository.PathOf("deep"))
                .RunAsync()
        ).Succeeded();
        Assert.Equal([repository.DirectoryPath, "hello"], result.Lines);
    }

    private static List<string> Names(string directory) =>
        [.. Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
