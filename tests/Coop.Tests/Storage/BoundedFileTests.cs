using Coop.TestKit;
using Xunit;

namespace Coop.Storage;

public sealed class BoundedFileTests : IDisposable
{
    private readonly TemporaryTree tree = new();

    public void Dispose() => tree.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void A_file_within_the_limit_is_read_whole(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        tree.Bytes("file", content);
        Assert.Equal(content, Read("file", 100_000));
    }

    [Fact]
    public void A_larger_one_is_refused()
    {
        tree.Bytes("file", new byte[2_000_001]);
        Assert.Equal("is larger than 2 MB", Assert.Throws<IOException>(() => Read("file", 2_000_000)).Message);
    }

    [Fact]
    public void A_device_without_an_end_is_refused() =>
        Assert.Throws<IOException>(() => BoundedFile.Read("/dev/zero", 1_000_000));

    [Fact]
    public void What_is_not_there_is_none()
    {
        tree.File("file");
        Assert.Null(Read("missing"));
        Assert.Null(Read("missing/file"));
        Assert.Null(Read("file/below"));
        tree.Link("dangling", "nowhere");
        Assert.Null(Read("dangling"));
    }

    [Fact]
    public void A_directory_is_named() =>
        Assert.Equal("is a directory", Assert.Throws<IOException>(() => BoundedFile.Read(tree.RootPath, 10)).Message);

    [Fact]
    public void A_link_is_followed()
    {
        tree.File("file", "x").Link("link", "file");
        Assert.Equal("x"u8.ToArray(), Read("link")!);
    }

    [Fact]
    public void A_pipe_is_no_empty_file()
    {
        tree.Fifo("fifo");
        Assert.Equal("is a pipe, not a file", Assert.Throws<IOException>(() => Read("fifo")).Message);
        Assert.Equal([], BoundedFile.Read("/dev/null", 10)!);
    }

    [Fact]
    public void A_circle_of_links_is_an_error()
    {
        tree.Link("a", "b").Link("b", "a");
        Assert.StartsWith("cannot be read: ", Assert.Throws<IOException>(() => Read("a")).Message, StringComparison.Ordinal);
    }

    private byte[]? Read(string name, int limit = 1_000_000) => BoundedFile.Read(Path.Combine(tree.RootPath, name), limit);
}
