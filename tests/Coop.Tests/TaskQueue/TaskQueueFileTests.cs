using System.Text;
using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.TaskQueue;

public sealed class TaskQueueFileTests : IDisposable
{
    private readonly TemporaryTree tree = new();

    public void Dispose() => tree.Dispose();

    private TaskQueueFile Queue => new(tree.Root, TaskQueueFile.DefaultPath);

    private string Full => Path.Combine(tree.RootPath, ".agent/TASKS.md");

    [Fact]
    public void A_missing_queue_is_none_and_is_made_with_its_directory()
    {
        Assert.Null(Queue.Read());
        Queue.Write(Document("- [ ] a\n"), null);
        Assert.Equal("- [ ] a\n", File.ReadAllText(Full));
        Assert.Equal("644", Convert.ToString((int)File.GetUnixFileMode(Full), 8));
    }

    [Fact]
    public void The_mode_stays()
    {
        tree.File(".agent/TASKS.md").Shell("chmod 640 .agent/TASKS.md");
        Queue.Write(Document("- [ ] a\n"), null);
        Assert.Equal("640", Convert.ToString((int)File.GetUnixFileMode(Full), 8));
    }

    [Fact]
    public void A_link_is_not_read_and_is_replaced_itself()
    {
        tree.File("host", "- [ ] secret\n").Folder(".agent").Link(".agent/TASKS.md", "../host");
        Assert.DoesNotContain("secret", Assert.Throws<UserError>(() => Queue.Read()).Message);
        Queue.Write(Document("- [ ] a\n"), null);
        Assert.Equal("- [ ] secret\n", File.ReadAllText(Path.Combine(tree.RootPath, "host")));
        Assert.Equal("- [ ] a\n", Encoding.UTF8.GetString(Queue.ReadBytes()!));
    }

    [Fact]
    public void A_directory_that_is_a_link_is_neither_read_nor_written()
    {
        tree.File("host/TASKS.md", "- [ ] secret\n").Link(".agent", "host");
        Assert.Throws<UserError>(() => Queue.Read());
        Assert.Throws<UserError>(() => Queue.Write(Document("- [ ] a\n"), null));
        Assert.Equal("- [ ] secret\n", File.ReadAllText(Path.Combine(tree.RootPath, "host/TASKS.md")));
    }

    [Fact]
    public void A_fifo_does_not_block_and_is_replaced()
    {
        tree.Folder(".agent").Fifo(".agent/TASKS.md");
        Assert.Throws<UserError>(() => Queue.Read());
        Queue.Write(Document("- [ ] a\n"), null);
        Assert.Equal("a", Assert.Single(Queue.Read()!.Tasks).Title);
    }

    [Fact]
    public void A_directory_in_its_place_is_an_error_and_stays()
    {
        tree.File(".agent/TASKS.md/kept");
        Assert.Throws<UserError>(() => Queue.Read());
        Assert.Throws<UserError>(() => Queue.Write(Document("- [ ] a\n"), null));
        Assert.Equal(
            ["TASKS.md"],
            new DirectoryInfo(Path.Combine(tree.RootPath, ".agent")).GetFileSystemInfos().Select(i => i.Name)
        );
    }

    [Fact]
    public void A_huge_queue_is_refused()
    {
        tree.Folder(".agent").Shell("truncate -s 200M .agent/TASKS.md");
        Assert.Contains("larger", Assert.Throws<UserError>(() => Queue.Read()).Message);
    }

    private static TaskDocument Document(string text) => TaskDocument.Parse(Encoding.UTF8.GetBytes(text), "TASKS.md");
}
