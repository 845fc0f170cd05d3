using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Storage;

public sealed class SafeDirectoryTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void What_is_missing_is_made_and_what_is_there_is_kept()
    {
        tree.File("a/kept");
        Make("a/b/c");
        Make("a/b/c");
        Assert.True(File.Exists(Full("a/kept")));
        Assert.Equal((Private, Private), (File.GetUnixFileMode(Full("a/b")), File.GetUnixFileMode(Full("a/b/c"))));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("link/below")]
    [InlineData("a/link/below")]
    [InlineData("dangling")]
    [InlineData("dangling/below")]
    [InlineData("file")]
    [InlineData("file/below")]
    public void A_link_or_file_on_the_way_is_refused_and_left_alone(string path)
    {
        tree.Folder("target").Folder("a").Link("link", "target").Link("a/link", "../target").Link("dangling", "new").File("file");
        Assert.Throws<UserError>(() => Make(path));
        Assert.Equal([], Directory.EnumerateFileSystemEntries(Full("target")));
        Assert.False(Directory.Exists(Full("new")));
    }

    [Fact]
    public void The_root_itself_may_be_a_link()
    {
        tree.Folder("target").Link("root", "target");
        SafeDirectory.Make(tree.Root.Join("root"), BytePath.From("x"), isOpen: false, owner: null);
        Assert.True(Directory.Exists(Full("target/x")));
    }

    private void Make(string path) => SafeDirectory.Make(tree.Root, BytePath.From(path), isOpen: false, owner: null);

    private string Full(string path) => Path.Combine(tree.RootPath, path);
}
