using Coop.Git;
using Coop.Repositories;
using Xunit;

namespace Coop.GitControls;

public class GitConfigRulesTests
{
    [Theory]
    [InlineData("core.fsmonitor", "./x")]
    [InlineData("core.hookspath", ".h")]
    [InlineData("core.sshcommand", "x")]
    [InlineData("core.editor", "x")]
    [InlineData("core.pager", "x")]
    [InlineData("core.worktree", "/")]
    [InlineData("diff.external", "x")]
    [InlineData("diff.x.textconv", "x")]
    [InlineData("diff.x.command", "x")]
    [InlineData("filter.x.clean", "x")]
    [InlineData("filter.a.b.smudge", "x")]
    [InlineData("merge.x.driver", "x")]
    [InlineData("alias.st", "!x")]
    [InlineData("gpg.program", "x")]
    [InlineData("credential.helper", "x")]
    [InlineData("include.path", "x")]
    [InlineData("includeif.gitdir:/.path", "x")]
    [InlineData("url.x.insteadof", "y")]
    [InlineData("remote.origin.uploadpack", "x")]
    [InlineData("remote.origin.vcs", "x")]
    [InlineData("remote.origin.url", "ext::sh -c x")]
    [InlineData("remote.origin.url", "--upload-pack=x")]
    [InlineData("submodule.x.update", "!x")]
    [InlineData("some.future.key", "x")]
    public void What_can_start_a_program_is_not_safe_on_the_host(string key, string value) =>
        Assert.False(GitConfigRules.IsSafeOnHost(key, value));

    [Theory]
    [InlineData("core.bare", "false")]
    [InlineData("user.email", "a@b")]
    [InlineData("remote.origin.url", "https://example.org/x.git")]
    [InlineData("remote.a.b.fetch", "+refs/heads/*:refs/remotes/a.b/*")]
    [InlineData("branch.feature/x.merge", "refs/heads/x")]
    [InlineData("submodule.x.update", "rebase")]
    [InlineData("core.logallrefupdates", null)]
    public void What_clones_and_fixtures_have_is_safe(string key, string? value) =>
        Assert.True(GitConfigRules.IsSafeOnHost(key, value));

    [Theory]
    [InlineData("https://una:token@git.example.org/x.git", "https://git.example.org/x.git")]
    [InlineData("https://token@git.example.org/x.git", "https://git.example.org/x.git")]
    [InlineData("ssh://git@example.org/x.git", "ssh://git@example.org/x.git")]
    [InlineData("ssh://git:pw@example.org/x.git", "ssh://example.org/x.git")]
    [InlineData("git@example.org:x.git", "git@example.org:x.git")]
    [InlineData("https://example.org/a@b", "https://example.org/a@b")]
    [InlineData("one https://a:b@c two https://d:e@f/", "one https://c two https://f/")]
    public void Credentials_leave_an_address(string address, string expected) =>
        Assert.Equal(expected, RemoteUrl.WithoutCredentials(address));

    [Fact]
    public void The_box_s_copy_keeps_what_works_and_drops_what_is_secret()
    {
        GitConfigEntry[] entries =
        [
            new("local", "file:.git/config", "core.bare", "false"),
            new("local", "file:.git/config", "http.https://x/.extraheader", "AUTHORIZATION: basic abc"),
            new("local", "file:.git/config", "remote.or\"igin.url", "https://una:pw@example.org/x"),
            new("local", "file:.git/config", "credential.helper", "store"),
            new("local", "file:.git/config", "commit.gpgsign", "true"),
            new("local", "file:.git/config", "filter.lfs.clean", "git-lfs clean -- %f"),
            new("local", "file:.git/config", "core.ignorecase", null),
        ];
        Assert.Equal(
            """
            # Coop's copy for boxes; git config on the host sees the real file.
            [core]
            	bare = "false"
            [remote "or\"igin"]
            	url = "https://example.org/x"
            [filter "lfs"]
            	clean = "git-lfs clean -- %f"
            [core]
            	ignorecase
            [core]
            	checkStat = minimal
            	trustctime = false

            """,
            BoxGitConfig.Render(entries)
        );
    }

    [Fact]
    public void An_index_listing_becomes_tracked_files()
    {
        var listing = System.Text.Encoding.UTF8.GetBytes(
            "100644 abc 0\t.env\0  ctime: 1:2\n  mtime: 1795567285:557110508\n  dev: 1\tino: 2\n  uid: 0\tgid: 0\n  size: 4\tflags: 0\n"
                + "120000 abc 0\tlink.pem\0  mtime: 1:1\n  size: 4\tflags: 0\n"
                + "100755 abc 0\ta\nb.key\0  ctime: 1:2\n  mtime: 7:0\n  size: 9\tflags: 0\n"
        );
        Assert.Equal(
            [
                new TrackedFile(Coop.Storage.BytePath.From(".env"), 4, 1795567285, 557110508, IsExecutable: false),
                new TrackedFile(Coop.Storage.BytePath.From("a\nb.key"), 9, 7, 0, IsExecutable: true),
            ],
            IndexListing.Parse(listing)
        );
    }

    [Fact]
    public void Committed_paths_name_their_commits()
    {
        var log = System.Text.Encoding.UTF8.GetBytes("\u0001abc1234\n\0\n.env\0secrets/x\0\u0001def5678\n\0\na b\0");
        Assert.Equal(
            ["abc1234 .env", "abc1234 secrets/x", "def5678 a b"],
            CommittedPath.Parse(log).Select(path => $"{path.Commit} {path.Path}")
        );
    }
}
