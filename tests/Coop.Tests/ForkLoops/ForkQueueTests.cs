using Coop.Errors;
using Coop.ForkKeeping;
using Coop.TestKit;
using Xunit;

namespace Coop.ForkLoops;

public sealed class ForkQueueTests : IDisposable
{
    private const string Tasks = "- [ ] One\n  Its body.\r\n- [x] Two";

    private readonly ForkRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_fork_gets_the_tasks_byte_for_byte_and_git_there_does_not_see_them()
    {
        var desk = await MakeAsync();
        Plant(desk, "project/tasks.md", Tasks, isNew: true);
        Assert.Equal(Tasks, InFork());
        Assert.Equal("", rig.GitInFork("f1", "status", "--porcelain"));
        Assert.Equal("", rig.Terminal.ErrorOutput);
    }

    [Fact]
    public async Task What_was_put_there_once_stays_and_a_file_that_changed_is_said()
    {
        var desk = await MakeAsync();
        Plant(desk, "project/tasks.md", Tasks, isNew: true);
        rig.Repository.Write("project-forks/f1/.agent/TASKS.md", "- [x] One\n");
        Plant(desk, "project/tasks.md", Tasks, isNew: false);
        Assert.Equal("- [x] One\n", InFork());
        Plant(desk, "project/tasks.md", "- [ ] Another\n", isNew: false);
        Assert.Equal("- [x] One\n", InFork());
        Assert.Equal(
            "coop: Fork 'f1' goes on with its queue.\n"
                + "coop: Fork 'f1' goes on with its queue; 'tasks.md' is another one now, which takes a fork of its own.\n",
            rig.Terminal.ErrorOutput
        );
        Assert.Single(rig.GitInFork("f1", "check-ignore", "--verbose", ".agent/TASKS.md").Split('\n')[..^1]);
    }

    [Fact]
    public async Task A_queue_that_came_from_elsewhere_is_kept_aside()
    {
        var desk = await MakeAsync();
        rig.Repository.Write("project-forks/f1/.agent/TASKS.md", "- [ ] Of the agent\n");
        Plant(desk, "project/tasks.md", Tasks, isNew: false);
        Assert.Equal(Tasks, InFork());
        var kept = rig.Terminal.ErrorOutput.Split('\'')[3];
        Assert.Equal("- [ ] Of the agent\n", await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_fork_that_is_removed_takes_what_its_loop_kept_with_it()
    {
        var desk = await MakeAsync();
        Plant(desk, "project/tasks.md", Tasks, isNew: true);
        ForkQueue queue = new(desk, "f1");
        Directory.CreateDirectory(ForkPlaces.Text(queue.Store.StateDirectory));
        queue.Store.Keep(queue.Store.File.Read()!);
        await rig.RemoveAsync("f1");
        Assert.Null(queue.Store.Kept);
    }

    [Theory]
    [InlineData("tasks.md", null)]
    [InlineData("../outside/tasks.md", null)]
    [InlineData("sub/../tasks.md", null)]
    [InlineData("missing.md", "There is no file 'missing.md'.")]
    [InlineData("sub", "'sub' is a directory, not a regular file.")]
    [InlineData("link.md", "'link.md' is a symbolic link, not a regular file.")]
    [InlineData("linked/tasks.md", "'linked' is a symbolic link, not a directory.")]
    [InlineData("../outside/link.md", "'link.md' is a symbolic link, not a regular file.")]
    [InlineData("pipe.md", "'pipe.md' is a FIFO, not a regular file.")]
    [InlineData("done.md", "'done.md' has no open task.")]
    [InlineData("wrong.md", "wrong.md:1")]
    [InlineData(".env", "'.env' is hidden from boxes.")]
    [InlineData("esc\u001b[2J.md", "There is no file 'esc")]
    public async Task The_file_is_read_as_it_lies_or_named(string word, string? problem)
    {
        rig.Repository.Write("project/tasks.md", Tasks);
        rig.Repository.Write("project/sub/tasks.md", Tasks);
        rig.Repository.Write("outside/tasks.md", Tasks);
        rig.Repository.Write("project/done.md", "- [x] One\n- [E] Example\n");
        rig.Repository.Write("project/wrong.md", "- [?] One\n");
        rig.Repository.Write("project/.env", Tasks);
        File.CreateSymbolicLink(rig.Repository.PathOf("project/link.md"), "tasks.md");
        File.CreateSymbolicLink(rig.Repository.PathOf("project/linked"), "sub");
        File.CreateSymbolicLink(rig.Repository.PathOf("outside/link.md"), "tasks.md");
        _ = RealShell.Output("sh", $"mkfifo '{rig.Repository.PathOf("project/pipe.md")}'");
        var desk = await rig.DeskAsync();
        if (problem is null)
        {
            Assert.Equal(Tasks, System.Text.Encoding.UTF8.GetString(QueueSeed.Read(desk, word).Document.Bytes.Span));
            return;
        }

        var error = Assert.Throws<UserError>(() => QueueSeed.Read(desk, word));
        Assert.StartsWith(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Message);
    }

    private async Task<ForkDesk> MakeAsync()
    {
        await rig.MakeAsync("f1");
        return await rig.DeskAsync();
    }

    private void Plant(ForkDesk desk, string path, string content, bool isNew)
    {
        rig.Repository.Write(path, content);
        var seed = QueueSeed.Read(desk, Path.GetFileName(path));
        new ForkQueue(desk, "f1").Plant(desk.Store.Read("f1"), seed, isNew);
    }

    private string InFork() => File.ReadAllText(rig.ForkPath("f1") + "/.agent/TASKS.md");
}
