using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>Queues that cannot be worked: nothing is started, and what is wrong is named.</summary>
public class LoopQueueTests
{
    private static readonly BoxRig Rig = new(Engine.Bwrap, CallerKind.Ordinary);

    public static TheoryData<string, int, string> Queues =>
        new()
        {
            { "rm $Q", 2, "There is no queue: .agent/TASKS.md is not there." },
            { ": > $Q", 0, "Nothing is to be done: the queue has no open task." },
            { "echo '- [E] example' > $Q", 0, "Nothing is to be done: the queue has no open task." },
            { "printf '%s\\n' '- [ ] one' '- [q] two' > $Q", 2, ".agent/TASKS.md:2: '[q]' is no state of a task" },
            { "rm $Q; mkfifo $Q", 1, "'.agent/TASKS.md'" },
            { "rm $Q; mkdir $Q", 1, "'.agent/TASKS.md'" },
            { "truncate -s 200M $Q", 1, "'.agent/TASKS.md' is larger than" },
            { "rm $Q; ln -s /etc/hostname $Q", 1, "'.agent/TASKS.md'" },
            { "rm -r .agent; ln -s /etc .agent", 1, "'.agent'" },
        };

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task A_queue_that_cannot_be_worked_is_named_before_anything_starts(string script, int code, string message)
    {
        await using var scene = await LoopScene.CreateAsync(Rig, "", "Honest");
        await ShellAsync(scene, script);
        var told = (await scene.Loop().RunAsync()).Ended(code);
        Assert.Contains(message, told.Error, StringComparison.Ordinal);
        Assert.Equal(0, await scene.CountCommitsAsync("work honest"));
        Assert.DoesNotContain("unexpected", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_of_the_same_title_are_worked_each()
    {
        await using var scene = await LoopScene.CreateAsync(Rig, "", "Honest", "Honest");
        (await scene.Loop().RunAsync()).Succeeded();
        Assert.Equal(("xx", 2), (await scene.LettersAsync(), await scene.CountCommitsAsync("work honest")));
    }

    [Fact]
    public async Task A_task_of_a_megabyte_is_worked()
    {
        await using var scene = await LoopScene.CreateAsync(Rig, "", "Honest");
        await ShellAsync(scene, "head -c 1M /dev/zero | tr '\\0' y | fold -w 100 | sed 's/^/  /' >> $Q");
        await scene.Repository.GitAsync("commit", "--quiet", "--all", "--message=large");
        (await scene.Loop().RunAsync()).Succeeded();
        Assert.Equal("x", await scene.LettersAsync());
        Assert.True(new FileInfo(scene.QueuePath).Length > 1 << 20);
    }

    private static async Task ShellAsync(LoopScene scene, string script)
    {
        ProgramRun shell = new(Rig.Account, ["sh", "-ec", script])
        {
            Directory = scene.Repository.DirectoryPath,
            Variables = new Dictionary<string, string>(Rig.EngineVariables, StringComparer.Ordinal) { ["Q"] = scene.QueuePath },
        };
        (await shell.RunAsync()).Succeeded();
    }
}
