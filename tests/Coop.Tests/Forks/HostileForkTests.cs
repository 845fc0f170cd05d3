using Coop.BoxPlanning;
using Coop.Clones;
using Coop.Configuration;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.ForkLoops;
using Coop.Git;
using Coop.Processes;
using Coop.TestKit;
using Xunit;

namespace Coop.Forks;

/// <summary>Whatever an agent leaves in its fork, no verb runs it. A canary is a file that only the planted program could have made.</summary>
public sealed class HostileForkTests : IDisposable
{
    // The value of each is the program, or a directory that holds it under every name of a hook.
    private static readonly string[] ProgramKeys =
    [
        "core.fsmonitor",
        "core.sshCommand",
        "core.editor",
        "core.pager",
        "core.askPass",
        "core.gitProxy",
        "core.alternateRefsCommand",
        "sequence.editor",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "merge.evil.driver",
        "gpg.program",
        "gpg.ssh.program",
        "gpg.ssh.defaultKeyCommand",
        "credential.helper",
        "uploadpack.packObjectsHook",
        "remote.origin.uploadpack",
        "remote.origin.receivepack",
        "pager.log",
        "pager.diff",
        "difftool.evil.cmd",
        "mergetool.evil.cmd",
        "interactive.diffFilter",
        "trailer.sign.command",
        "tar.tar.gz.command",
        "alias.status",
        "alias.log",
        "submodule.evil.update",
    ];

    private static readonly string[] Hooks =
    [
        "applypatch-msg",
        "post-checkout",
        "post-commit",
        "post-index-change",
        "post-merge",
        "post-rewrite",
        "pre-auto-gc",
        "pre-commit",
        "pre-merge-commit",
        "pre-rebase",
        "prepare-commit-msg",
        "reference-transaction",
        "update",
        "fsmonitor-watchman",
        "proc-receive",
    ];

    private readonly ForkRig rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Canaries => rig.Repository.PathOf("canaries");

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task No_verb_runs_what_a_fork_plants()
    {
        await PlantAsync();
        rig.Repository.Write("project/mine.txt", "mine\n");
        rig.Repository.Git("add", "--all");
        rig.Repository.Git("commit", "--quiet", "--message=mine");
        Assert.Equal(ForkState.Work, (await rig.LookAsync("f1")).State);
        await SeeAsAnEntryDoesAsync();
        await LookAsALoopDoesAsync();
        await rig.ReviewAsync("f1");
        await rig.ReviewAsync("f1", json: true);
        await Assert.ThrowsAsync<UserError>(() => rig.RemoveAsync("f1"));
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
        Assert.Equal(ExitCode.Done, await rig.RemoveAsync("f1"));
        Assert.Equal([], Directory.EnumerateFiles(Canaries).Select(Path.GetFileName));
        Assert.Equal("", rig.Repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task The_plants_are_live()
    {
        await PlantAsync();
        foreach (
            var words in (string[][])
                [
                    ["status"],
                    ["-c", "alias.status=", "diff"],
                    ["log", "-p"],
                    ["commit", "-qam", "x"],
                ]
        )
        {
            try
            {
                rig.GitInFork("f1", words);
            }
            catch (InvalidOperationException)
            {
                // Most of what is planted makes git fail.
            }
        }

        Assert.Subset(
            Directory.EnumerateFiles(Canaries).Select(Path.GetFileName).ToHashSet()!,
            new HashSet<string> { "included", "filter.evil.process" }
        );
    }

    [Theory]
    [InlineData("link to the user's")]
    [InlineData("a file that names the user's")]
    [InlineData("another directory")]
    [InlineData("gone")]
    public async Task A_git_directory_that_is_not_the_one_coop_made_stops_every_verb(string what)
    {
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        var git = rig.ForkPath("f1") + "/.git";
        Directory.Move(git, git + "-old");
        switch (what)
        {
            case "link to the user's":
                File.CreateSymbolicLink(git, rig.Repository.PathOf("project/.git"));
                break;
            case "a file that names the user's":
                await File.WriteAllTextAsync(git, $"gitdir: {rig.Repository.PathOf("project/.git")}\n", Token);
                break;
            case "another directory":
                rig.Repository.GitIn("project", "clone", "--quiet", "--bare", ".", git);
                break;
            default:
                break;
        }

        var before = rig.Repository.Git("for-each-ref") + rig.Repository.Git("status", "--porcelain");
        Assert.Equal(ForkState.Replaced, (await rig.LookAsync("f1")).State);
        Assert.Contains(
            "not trusted",
            (await Assert.ThrowsAsync<UserError>(() => rig.ReviewAsync("f1"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not trusted",
            (await Assert.ThrowsAsync<UserError>(() => rig.MergeAsync("f1"))).Message,
            StringComparison.Ordinal
        );
        await Assert.ThrowsAsync<UserError>(() => rig.RemoveAsync("f1"));
        Assert.Equal(before, rig.Repository.Git("for-each-ref") + rig.Repository.Git("status", "--porcelain"));
        await rig.RemoveAsync("f1", force: true);
        Assert.False(Directory.Exists(rig.ForkPath("f1")));
        Assert.Equal(before, rig.Repository.Git("for-each-ref") + rig.Repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task A_directory_that_was_put_in_a_forks_place_is_never_removed()
    {
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        var victim = rig.Repository.PathOf("victim");
        Directory.Move(rig.ForkPath("f1"), rig.ForkPath("f1") + "-moved");
        rig.Repository.Write("victim/precious.txt", "precious");
        File.CreateSymbolicLink(rig.ForkPath("f1"), victim);
        await Assert.ThrowsAsync<UserError>(() => rig.RemoveAsync("f1", force: true));
        File.Delete(rig.ForkPath("f1"));
        Directory.Move(victim, rig.ForkPath("f1"));
        await Assert.ThrowsAsync<UserError>(() => rig.RemoveAsync("f1", force: true));
        Assert.True(File.Exists(rig.ForkPath("f1") + "/precious.txt"));
    }

    [Fact]
    public async Task A_tree_that_was_made_to_resist_is_removed_and_what_its_links_lead_to_stays()
    {
        await rig.MakeAsync("f1");
        var outside = rig.Repository.Write("outside/precious.txt", "precious");
        File.CreateSymbolicLink(rig.ForkPath("f1") + "/out", Path.GetDirectoryName(outside)!);
        var at = rig.ForkPath("f1");
        for (var i = 0; i < 40; i++)
        {
            at = Path.Combine(at, new string('d', 90));
            Directory.CreateDirectory(at);
        }

        await File.WriteAllTextAsync(at + "/x", "x", Token);
        File.SetUnixFileMode(at, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await rig.RemoveAsync("f1", force: true);
        Assert.False(Directory.Exists(rig.ForkPath("f1")));
        Assert.True(File.Exists(outside));
    }

    [Fact]
    public async Task Files_that_coop_reads_there_may_be_anything()
    {
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        var git = rig.ForkPath("f1") + "/.git";
        foreach (var name in (string[])["index", "info/exclude", "packed-refs", "refs/heads/other", "refs/stash"])
        {
            File.Delete($"{git}/{name}");
            File.CreateSymbolicLink($"{git}/{name}", "/dev/zero");
        }

        Assert.Equal(ExitCode.Done, await rig.ReviewAsync("f1"));
        Assert.Contains("cannot be told", rig.Terminal.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
    }

    [Fact]
    public async Task Names_and_messages_are_printed_without_their_control_sequences()
    {
        const string Evil = "\u001b]0;PWNED\u0007\u001b[2J\u009b2J\u202e";
        await rig.WorkAsync(
            "f1",
            ($"n{Evil}.txt", "x\n"),
            ("tab\tquote\"new\nline.txt", "x\n"),
            (".agent/LOG.md", $"## done {Evil}\n")
        );
        rig.GitInFork("f1", "commit", "--quiet", "--allow-empty", $"--author={Evil}me <a@x>", $"--message=subject {Evil}");
        await rig.ReviewAsync("f1");
        await rig.ReviewAsync("f1", json: true);
        await rig.MergeAsync("f1");
        var all = rig.Terminal.Output + rig.Terminal.ErrorOutput;
        Assert.DoesNotContain(all, c => c is '\u001b' or '\u0007' or '\u009b' or '\u202e');
        Assert.Contains("tab\\tquote\"new\\nline.txt", rig.Terminal.Output, StringComparison.Ordinal);
    }

    private async Task PlantAsync()
    {
        await rig.WorkAsync("f1", ("src/app.txt", "forked\n"), (".gitattributes", "* filter=evil diff=evil merge=evil text\n"));
        Directory.CreateDirectory(Canaries);
        var fork = rig.ForkPath("f1");
        foreach (var key in ProgramKeys)
        {
            rig.GitInFork("f1", "config", key, Trap(key) + (key is "filter.evil.clean" or "filter.evil.smudge" ? "; cat" : ""));
        }

        foreach (var hook in Hooks)
        {
            File.Copy(Trap("hook-" + hook), $"{fork}/.git/hooks/{hook}", overwrite: true);
        }

        foreach (
            var (key, value) in ((string, string)[])
                [
                    ("core.hooksPath", fork + "/.git/hooks"),
                    ("diff.tool", "evil"),
                    ("commit.gpgSign", "true"),
                    ("log.showSignature", "true"),
                    ("protocol.allow", "always"),
                    ("remote.origin.url", $"ext::{Trap("ext")}"),
                    ("remote.origin.promisor", "true"),
                    ("extensions.partialClone", "origin"),
                    ("include.path", fork + "/.git/more"),
                    ("url.ext::x.insteadOf", "/"),
                ]
        )
        {
            rig.Repository.GitIn(".", "config", "--file", fork + "/.git/config", key, value);
        }

        await File.WriteAllTextAsync(fork + "/.git/more", $"[core]\n\tfsmonitor = {Trap("included")}\n", Token);
        await File.WriteAllTextAsync(fork + "/.git/config.worktree", $"[core]\n\tfsmonitor = {Trap("worktree")}\n", Token);
        Directory.CreateDirectory(fork + "/.git/rebase-merge");
        await File.WriteAllTextAsync(fork + "/.git/rebase-merge/git-rebase-todo", $"exec {Trap("todo")}\n", Token);
        Directory.CreateDirectory(fork + "/nested/.git");
        File.Copy(fork + "/.git/config", fork + "/nested/.git/config");
        Directory.CreateDirectory(fork + "/.git/modules/sub");
        File.Copy(fork + "/.git/config", fork + "/.git/modules/sub/config");
    }

    // What `coop fork f1 claude` reads before its box starts.
    private async Task SeeAsAnEntryDoesAsync()
    {
        var desk = await rig.DeskAsync();
        using var place = ScratchPlace.Make(desk.Places);
        var foreign = desk.OpenFork(desk.Store.Read("f1"), Token);
        var seen = BorrowedRepository.MakeSeen(
            rig.Doors.Git,
            place.Directory.Join("seen"),
            foreign,
            desk.Shape,
            foreign.Head!,
            CloneMaker.Settings(desk.Identity())
        );
        seen.TakeIndex();
        rig.Repository.Write("project-forks/f1/.env", "SECRET=1\n");
        var host = rig.Doors.Host with { WorkingDirectory = foreign.Root };
        GitClient git = new(
            new ProcessRunner(rig.Repository.Environment),
            [.. rig.Repository.Environment, IsolatedGit.Of("GIT_DIR=", seen.Directory)]
        );
        var facts = await new BoxFactsCollector(host, rig.Doors.Directories, git).CollectAsync(
            EngineKind.Bubblewrap,
            new TerminalFacts(false, false, null, null),
            rig.Settings,
            isRehearsal: true,
            isForeign: true,
            Token
        );
        Assert.DoesNotContain(facts.GitConfiguration.Entries, entry => entry.Key.Contains("evil", StringComparison.Ordinal));
    }

    // What `coop fork f1 claude --loop` asks before and after an agent.
    private async Task LookAsALoopDoesAsync()
    {
        var desk = await rig.DeskAsync();
        using var place = ScratchPlace.Make(desk.Places);
        ForkTree tree = new(desk, desk.Store.Read("f1"), await desk.PositionAsync(Token), place.Directory);
        var position = await tree.PositionAsync(Token);
        rig.Repository.Write("project-forks/f1/src/app.txt", "changed\n");
        Assert.NotEmpty(await tree.ListUncommittedAsync(Token));
        rig.Repository.Write("project-forks/f1/src/app.txt", "forked\n");
        var taken = place.Directory.Join("taken");
        Directory.CreateDirectory(ForkPlaces.Text(taken));
        _ = await tree.TakeAsync(taken, position.Commit!, Token);
        _ = await tree.OpenSessionAsync(Token);
    }

    private string Trap(string name)
    {
        var path = rig.Repository.Write($"traps/{name}", $"#!/bin/sh\n: > '{Canaries}/{name}'\nexit 0\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
