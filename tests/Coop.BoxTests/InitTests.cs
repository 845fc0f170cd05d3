using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class InitTests
{
    // As an agent that keeps to the rules: commit first, then the letter. As an auditor it is content.
    private const string Agent = """
        set -e
        for prompt; do :; done
        case "$prompt" in
        "Other agents"*) echo '{"task": 2, "holds": true, "reason": "it is there"}'; exit ;;
        esac
        grep -q 'Use it' .claude/skills/work-task/SKILL.md
        echo done > work.txt
        git add work.txt
        git commit --quiet --message=work
        sed -i 's/^- \[w\]/- [x]/' .agent/TASKS.md
        """;

    // Not a token for whoever reads this file.
    private static readonly string Token = "glpat-" + "x8Kq2Zr7LmWv9TnB4cYd";

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_loop_works_the_queue_of_a_fresh_scaffold(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig);
        (await repository.Coop("tasks", "add", "Honest one").RunAsync()).Succeeded();
        await repository.GitAsync("config", "core.hooksPath", ".githooks");
        await CommitAsync(repository);
        (await Loop(repository).RunAsync()).Succeeded();
        var queue = await File.ReadAllTextAsync(repository.PathOf(".agent/TASKS.md"), TestContext.Current.CancellationToken);
        Assert.Contains("- [x] Honest one\n", queue, StringComparison.Ordinal);
        Assert.Equal("work\n", (await repository.GitAsync("log", "-1", "--format=%s")).Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_commit_hook_finds_Coop_in_the_box_and_cannot_be_changed_there(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig);
        await repository.GitAsync("config", "core.hooksPath", ".githooks");
        await CommitAsync(repository);
        const string Change = "(echo 'exit 0' > .githooks/pre-commit) 2>/dev/null || echo kept; ";
        var script =
            Change
            + $"echo 'key = {Token}' > settings.txt; git add settings.txt; git commit --quiet --message=token; echo \"code $?\"; "
            + "git reset --quiet; rm settings.txt; echo mine > fine.txt; git add fine.txt; git commit --quiet --message=fine; echo \"code $?\"";
        var inBox = (await repository.Shell(script).RunAsync()).Succeeded();
        Assert.Contains("settings.txt:1:7: GitLab", inBox.Error, StringComparison.Ordinal);
        Assert.Equal("kept\ncode 1\ncode 0\n", inBox.Out);
        Assert.Equal("fine\n", (await repository.GitAsync("log", "-1", "--format=%s")).Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task What_is_written_belongs_to_the_owner_of_the_repository(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await CreateAsync(rig, owner);
        foreach (
            var path in new[] { "AGENTS.md", "CLAUDE.md", ".agents/skills/work-task", ".claude/hooks/stop.sh", ".gitignore" }
        )
        {
            Assert.Equal(repository.OwnerUid, await repository.OwnerOfAsync(path));
        }
    }

    private static ProgramRun Loop(TemporaryRepository repository) =>
        repository.Coop("loop", "claude").Environment("COOP_CLAUDE_CMD", "sh agent.sh");

    private static async Task<TemporaryRepository> CreateAsync(BoxRig rig, TreeOwner owner = TreeOwner.Caller)
    {
        var repository = await TemporaryRepository.CreateAsync(rig, owner, "owner/project");
        await repository.WriteAsync("agent.sh", Agent);
        Assert.Contains("paths written", (await repository.Coop("init").RunAsync()).Succeeded().Error, StringComparison.Ordinal);
        Assert.Contains(
            "All is in place",
            (await repository.Coop("init").RunAsync()).Succeeded().Error,
            StringComparison.Ordinal
        );
        Assert.Equal("", (await repository.Coop("tasks", "lint").RunAsync()).Succeeded().Out);
        return repository;
    }

    private static async Task CommitAsync(TemporaryRepository repository)
    {
        await repository.GitAsync("add", "--all");
        await repository.GitAsync("commit", "--quiet", "--no-verify", "--message=scaffold");
    }
}
