using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>A loop with a person at the terminal.</summary>
public class LoopTerminalTests
{
    // Proves what it says only when somebody has left a file for it.
    private const string Agent = """
        for prompt; do :; done
        mark() { sed -i "s/^- \[w\]/- [$1]/" .agent/TASKS.md; }
        case "$prompt" in
        "Other agents"*)
            for n in $(printf '%s\n' "$prompt" | sed -n 's/^Task \([0-9]*\):.*/\1/p'); do
                echo "{\"task\": $n, \"holds\": true, \"reason\": \"fine\"}"
            done ;;
        *) [ ! -e help.txt ] || { git add help.txt; git commit --quiet --message=helped; }; mark x ;;
        esac
        """;

    private static readonly IReadOnlyDictionary<string, string> Variables = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["COOP_CLAUDE_CMD"] = "sh agent.sh",
        ["COOP_SHELL"] = "sh",
    };

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_task_that_fails_opens_a_shell_on_what_the_agent_left_and_the_user_decides(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig, "- [ ] One\n  b\n- [ ] Two\n  b\n");
        await using var terminal = await TmuxTerminal.StartAsync(repository, 120, 40, Variables);
        await terminal.TypeAsync("$COOP fork f1 claude --loop --tasks tasks.md --debug-on-fail; echo code=$?");
        await ShellAsync(terminal, "echo helped > help.txt; sed -i s/One/Other/ .agent/TASKS.md");
        await terminal.TypeAsync("r");
        await terminal.WaitForAsync("coop: Undone: ");
        await terminal.WaitForAsync("coop: Task 1 'One': done.");
        await ShellAsync(terminal, "true");
        await terminal.TypeAsync("what");
        await terminal.TypeAsync("g");
        var screen = await terminal.WaitForAsync("code=3");
        Assert.Contains("Task 2 'Two': blocked (left by you: nothing was committed).", screen, StringComparison.Ordinal);
        Assert.Empty(await repository.ContainersAsync());
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Ctrl_C_at_the_question_gives_the_claim_back(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig, "");
        await repository.WriteAsync(".agent/TASKS.md", "- [ ] One\n  b\n");
        await using var terminal = await TmuxTerminal.StartAsync(repository, 120, 40, Variables);
        await terminal.TypeAsync("$COOP loop claude --debug-on-fail; echo code=$?");
        await ShellAsync(terminal, "true");
        await terminal.PressAsync("C-c");
        await terminal.WaitForAsync("code=1");
        Assert.StartsWith(
            "- [ ] One",
            await File.ReadAllTextAsync(repository.PathOf(".agent/TASKS.md"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Without_a_terminal_nothing_is_begun(BoxRig rig)
    {
        await using var repository = await CreateAsync(rig, "- [ ] One\n  b\n");
        var run = await repository.Coop("fork", "f1", "claude", "--loop", "-t", "tasks.md", "--debug-on-fail").RunAsync();
        Assert.Contains("--debug-on-fail opens a shell, and here is no terminal.", run.Ended(2).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(repository.DirectoryPath + "-forks"));
    }

    // What is typed only counts when the shell is there to read it.
    private static async Task ShellAsync(TmuxTerminal terminal, string command)
    {
        await terminal.WaitForTextAsync("Leave it to go on.");
        await terminal.TypeAsync($"{command}; echo in-the-$((40+2))-box");
        await terminal.WaitForTextAsync("in-the-42-box");
        await terminal.TypeAsync("clear; exit");
        await terminal.WaitForLastLineAsync("or stop? [r/g/s]");
    }

    private static async Task<TemporaryRepository> CreateAsync(BoxRig rig, string tasks)
    {
        var repository = await TemporaryRepository.CreateAsync(rig, TreeOwner.Caller, "owner/project");
        await repository.WriteAsync("agent.sh", Agent);
        await repository.WriteAsync("tasks.md", tasks);
        await repository.WriteAsync(".gitignore", ".agent/\n");
        await repository.GitAsync("add", "--all");
        await repository.GitAsync("commit", "--quiet", "--message=agent");
        return repository;
    }
}
