using System.Text;
using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Storage;

public sealed class SafeWriterTests : IDisposable
{
    private const uint Ordinary = 0b110_100_100;

    private static readonly byte[] Content = Encoding.UTF8.GetBytes("new");

    private readonly TemporaryTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_file_is_made_with_its_directories_and_has_one_name()
    {
        Assert.True(SafeWriter.TryCreate(tree.Root, BytePath.From("a/b/c"), Content, Ordinary, owner: null));
        Assert.Equal("new", Read("a/b/c"));
        Assert.Equal(["c"], Directory.EnumerateFileSystemEntries(Path.Combine(tree.RootPath, "a/b")).Select(Path.GetFileName));
        Assert.Equal("644", Convert.ToString((int)File.GetUnixFileMode(Path.Combine(tree.RootPath, "a/b/c")), 8));
        Assert.Equal("1\n", Encoding.UTF8.GetString(RealShell.Output("sh", $"stat -c %h '{tree.RootPath}/a/b/c'")));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("link")]
    [InlineData("dangling")]
    [InlineData("directory")]
    [InlineData("fifo")]
    public void Whatever_has_the_name_keeps_it(string name)
    {
        tree.File("file", "old").Link("link", "file").Link("dangling", "absent").Folder("directory").Fifo("fifo");
        Assert.False(SafeWriter.TryCreate(tree.Root, BytePath.From(name), Content, Ordinary, owner: null));
        Assert.False(SafeWriter.TryCreateLink(tree.Root, BytePath.From(name), Content, owner: null));
        Assert.Equal("old", Read("file"));
        Assert.Equal("file", File.ResolveLinkTarget(Path.Combine(tree.RootPath, "link"), false)!.Name);
        Assert.Equal(5, Directory.EnumerateFileSystemEntries(tree.RootPath).Count());
    }

    [Fact]
    public void No_link_is_followed_on_the_way()
    {
        tree.Folder("outside").Link("a", "outside").File("b", "old");
        foreach (var path in new[] { "a/c", "b/c" })
        {
            Assert.Throws<UserError>(() => SafeWriter.TryCreate(tree.Root, BytePath.From(path), Content, Ordinary, owner: null));
            Assert.Throws<UserError>(() => SafeWriter.TryCreateLink(tree.Root, BytePath.From(path), Content, owner: null));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(tree.RootPath, "outside")));
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(tree.RootPath, path));
}
