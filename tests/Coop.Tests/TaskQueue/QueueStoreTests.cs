using Coop.Errors;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.TaskQueue;

public sealed class QueueStoreTests : IDisposable
{
    private readonly TemporaryTree tree = new();
    private readonly TemporaryTree home = new();

    public void Dispose()
    {
        tree.Dispose();
        home.Dispose();
    }

    private QueueStore Store =>
        new(UserDirectories.From(name => name == "HOME" ? home.RootPath : null), tree.Root, TaskQueueFile.DefaultPath);

    [Fact]
    public void Without_a_loop_a_change_goes_to_the_file_which_is_made()
    {
        Store.Add("a", null);
        Store.Add("b", null);
        Assert.Equal(["a", "b"], Titles(Store.File.Read()));
        Assert.Null(Store.Kept);
    }

    [Fact]
    public void During_a_loop_a_change_goes_to_the_copy_and_to_the_file()
    {
        tree.File(".agent/TASKS.md", "- [ ] agents\n");
        Store.Keep(TaskDocument.Parse("- [ ] hosts\n"u8.ToArray(), "TASKS.md"));
        var now = Store.Add("b", null);
        Assert.Equal(["hosts", "b"], Titles(now));
        Assert.Equal(["hosts", "b"], Titles(Store.Kept));
        Assert.Equal(["agents", "b"], Titles(Store.File.Read()));
        Store.Forget();
        Assert.Null(Store.Kept);
    }

    [Fact]
    public void During_a_loop_a_file_that_the_agent_spoilt_stops_no_change()
    {
        tree.File(".agent/TASKS.md", "- [q] spoilt\n");
        Store.Keep(TaskDocument.Parse("- [ ] hosts\n"u8.ToArray(), "TASKS.md"));
        Assert.Equal(["hosts", "b"], Titles(Store.Add("b", null)));
        Assert.Equal("- [q] spoilt\n", File.ReadAllText(Path.Combine(tree.RootPath, ".agent/TASKS.md")));
    }

    [Fact]
    public void A_change_that_fails_leaves_the_file_and_lets_the_lock_go()
    {
        tree.File(".agent/TASKS.md", "```\n");
        Assert.Throws<UserError>(() => Store.Add("a", null));
        Assert.Equal("```\n", File.ReadAllText(Path.Combine(tree.RootPath, ".agent/TASKS.md")));
        Assert.Throws<UserError>(() => Store.Add("b", null));
    }

    private static IEnumerable<string> Titles(TaskDocument? document) => document!.Tasks.Select(task => task.Title);
}
