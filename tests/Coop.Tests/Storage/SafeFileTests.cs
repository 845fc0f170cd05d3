using System.Text;
using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Storage;

public class SafeFileTests
{
    [Fact]
    public void A_file_is_read_and_a_missing_one_is_none()
    {
        using var tree = new TemporaryTree().File("a/b/c", "text").File("empty", "");
        Assert.Equal("text", Read(tree, "a/b/c"));
        Assert.Equal("", Read(tree, "empty"));
        Assert.Null(Read(tree, "a/b/none"));
        Assert.Null(Read(tree, "a/none/c"));
        Assert.Null(Read(tree, "a/b/c/d"));
    }

    [Fact]
    public void A_link_on_the_way_is_not_followed()
    {
        using var tree = new TemporaryTree().File("real/c").Link("a", "real");
        Assert.Null(Read(tree, "a/c"));
    }

    [Theory]
    [InlineData("link", "'link' is a symbolic link, not a regular file.")]
    [InlineData("pipe", "'pipe' is a FIFO, not a regular file.")]
    [InlineData("folder", "'folder' is a directory, not a regular file.")]
    [InlineData("large", "'large' is larger than 1 KiB.")]
    public void What_is_no_plain_small_file_is_refused(string path, string message)
    {
        using var tree = new TemporaryTree()
            .File("real")
            .Link("link", "real")
            .Fifo("pipe")
            .Folder("folder")
            .File("large", new string('x', 1025));
        Assert.Equal(message, Assert.Throws<UserError>(() => Read(tree, path)).Message);
    }

    [Fact]
    public void A_file_of_exactly_the_largest_size_is_read()
    {
        using var tree = new TemporaryTree().File("full", new string('x', 1024));
        Assert.Equal(1024, Read(tree, "full")?.Length);
    }

    [Fact]
    public void A_file_that_must_not_be_read_is_an_error()
    {
        using var tree = new TemporaryTree().File("closed").Shell("chmod 755 .; chmod 000 closed");
        using var other = new OtherUser();
        Assert.Equal(
            "'closed' cannot be read (permission denied).",
            Assert.Throws<UserError>(() => Read(tree, "closed")).Message
        );
    }

    private static string? Read(TemporaryTree tree, string path) =>
        SafeFile.Read(tree.Root, BytePath.From(path), 1024) is { } content ? Encoding.UTF8.GetString(content) : null;
}
