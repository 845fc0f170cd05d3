using System.Diagnostics;
using Coop.Errors;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.TestKit;
using Xunit;

namespace Coop.Loops;

public sealed class LoopQueueTests : IDisposable
{
    private const string Start = "- [ ] one\n  body\n- [x] two\n- [ ] three\n";

    private readonly TemporaryTree tree = new();
    private readonly TemporaryTree home = new();

    public LoopQueueTests() => tree.File(".agent/TASKS.md", Start);

    public void Dispose()
    {
        tree.Dispose();
        home.Dispose();
    }

    private QueueStore Store =>
        new(UserDirectories.From(name => name == "HOME" ? home.RootPath : null), tree.Root, TaskQueueFile.DefaultPath);

    private string QueuePath => Path.Combine(tree.RootPath, ".agent/TASKS.md");

    [Fact]
    public void A_claim_is_read_and_everything_else_that_an_agent_changed_is_undone()
    {
        var queue = Opened();
        queue.Mark(0, TaskState.Claimed, note: null);
        File.WriteAllText(QueuePath, "- [x] one\n  body\n- [ ] two\n- [x] three\n- [ ] mine\n");
        List<string> undone = [];
        Assert.Equal(TaskState.Done, queue.TakeClaim(0, undone));
        Assert.Equal(
            ["task 2 marked by the agent of task 1", "task 3 marked by the agent of task 1", "1 task added to the queue"],
            undone
        );
        Assert.Equal(Start.Replace("- [ ] one", "- [w] one", StringComparison.Ordinal), File.ReadAllText(QueuePath));
    }

    [Fact]
    public void A_claim_alone_undoes_nothing()
    {
        var queue = Opened();
        queue.Mark(0, TaskState.Claimed, note: null);
        File.WriteAllText(QueuePath, Start.Replace("- [ ] one", "- [B] one", StringComparison.Ordinal));
        List<string> undone = [];
        Assert.Equal(TaskState.Blocked, queue.TakeClaim(0, undone));
        Assert.Empty(undone);
    }

    public static TheoryData<string, string> Replacements =>
        new()
        {
            { "rm $Q", "the queue was deleted" },
            { "rm $Q; rmdir $(dirname $Q)", "the queue was deleted" },
            { "rm $Q; mkfifo $Q", "'.agent/TASKS.md'" },
            { "rm $Q; mkdir -p $Q/deep $Q.aside-1", "'.agent/TASKS.md'" },
            { "echo theirs > victim; ln -sf $PWD/victim $Q", "'.agent/TASKS.md'" },
            { "rm -r .agent; touch .agent", "'.agent'" },
            { "rm -r .agent; ln -s /tmp .agent", "'.agent'" },
            { "truncate -s 200M $Q", "'.agent/TASKS.md'" },
            { "printf '\\0\\0\\0' > $Q", "removed" },
            { "echo '- [q] one' > $Q", "'[q]' is no state" },
            { ": > $Q", "3 tasks of the queue removed" },
        };

    [Theory]
    [MemberData(nameof(Replacements))]
    public void A_queue_that_an_agent_replaced_claims_nothing_and_is_put_back(string script, string told)
    {
        var queue = Opened();
        queue.Mark(0, TaskState.Claimed, note: null);
        Shell(script);
        List<string> undone = [];
        Assert.Null(queue.TakeClaim(0, undone));
        Assert.Contains(told, string.Join("; ", undone), StringComparison.Ordinal);
        Assert.Equal(Start.Replace("- [ ] one", "- [w] one", StringComparison.Ordinal), File.ReadAllText(QueuePath));
        Assert.Equal(
            FileAttributes.None,
            File.GetAttributes(QueuePath) & (FileAttributes.ReparsePoint | FileAttributes.Directory)
        );
        Assert.True(
            !File.Exists(Path.Combine(tree.RootPath, "victim"))
                || File.ReadAllText(Path.Combine(tree.RootPath, "victim")) == "theirs\n"
        );
    }

    [Fact]
    public void After_a_kill_what_was_claimed_is_open_and_what_an_agent_marked_meanwhile_too()
    {
        Opened().Mark(0, TaskState.Claimed, note: null);
        File.WriteAllText(QueuePath, "- [w] one\n  body\n- [x] two\n- [x] three\n");
        var told = new LoopQueue(Store, tree.Root, owner: null).Open()!;
        Assert.Contains("Task 3 was marked done without a proof; it is open again.", told);
        Assert.Equal(Start, File.ReadAllText(QueuePath));
    }

    [Fact]
    public void After_a_kill_a_damaged_queue_is_put_back_and_what_was_there_is_kept()
    {
        Opened().Mark(0, TaskState.Claimed, note: null);
        File.WriteAllText(QueuePath, "gone\n");
        var told = new LoopQueue(Store, tree.Root, owner: null).Open()!;
        Assert.Contains("The queue was damaged meanwhile; it is put back as the loop held it.", told);
        Assert.Equal(Start, File.ReadAllText(QueuePath));
        Assert.Equal("gone\n", File.ReadAllText(Path.Combine(Store.StateDirectory.ToString(), "queue-damaged.md")));
    }

    [Fact]
    public void What_is_asked_is_what_was_added_to_the_decisions()
    {
        tree.File(".agent/PENDING_DECISIONS.md", "# Decisions\n- old\n");
        var queue = Opened();
        var before = queue.ReadDecisions();
        Assert.Null(queue.QuestionSince(before));
        File.AppendAllText(Path.Combine(tree.RootPath, ".agent/PENDING_DECISIONS.md"), "- Which \u001b[31mcolour?\n");
        Assert.Equal("- Which colour?", queue.QuestionSince(before));
    }

    [Fact]
    public void Without_a_queue_there_is_nothing_to_open()
    {
        File.Delete(QueuePath);
        Assert.Null(new LoopQueue(Store, tree.Root, owner: null).Open());
        File.CreateSymbolicLink(QueuePath, "/etc/passwd");
        Assert.Throws<UserError>(() => new LoopQueue(Store, tree.Root, owner: null).Open());
        Assert.Null(Store.Kept);
    }

    private LoopQueue Opened()
    {
        LoopQueue queue = new(Store, tree.Root, owner: null);
        Assert.Empty(queue.Open()!);
        return queue;
    }

    private void Shell(string script)
    {
        ProcessStartInfo start = new("sh", ["-c", script]) { WorkingDirectory = tree.RootPath };
        start.Environment["Q"] = QueuePath;
        using var shell = Process.Start(start)!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
