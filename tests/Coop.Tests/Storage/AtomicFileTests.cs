using Coop.TestKit;
using Xunit;

namespace Coop.Storage;

public class AtomicFileTests
{
    [Fact]
    public void A_file_is_replaced_for_the_owner_alone_and_nothing_is_left_beside_it()
    {
        using var tree = new TemporaryTree();
        var path = Path.Combine(tree.RootPath, "state", "deep", "file");
        AtomicFile.Write(path, "one");
        AtomicFile.Write(path, "two");
        Assert.Equal("two", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_link_in_its_place_is_replaced_and_its_target_stays()
    {
        using var tree = new TemporaryTree().File("target", "mine").Link("file", "target");
        AtomicFile.Write(Path.Combine(tree.RootPath, "file"), "new");
        Assert.Equal("mine", File.ReadAllText(Path.Combine(tree.RootPath, "target")));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_content_and_no_temporary_file()
    {
        using var tree = new TemporaryTree().File("place/inside");
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(Path.Combine(tree.RootPath, "place"), "new"));
        Assert.Equal([Path.Combine(tree.RootPath, "place")], Directory.GetFileSystemEntries(tree.RootPath));
    }

    [Fact]
    public void Any_bytes_survive_escaping()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var word = EscapedBytes.Escape(all);
        Assert.DoesNotContain(word, character => character is <= ' ' or > '~');
        Assert.Equal(all, EscapedBytes.Unescape(word));
        Assert.Throws<FormatException>(() => EscapedBytes.Unescape("a%2"));
        Assert.Throws<FormatException>(() => EscapedBytes.Unescape("a b"));
        Assert.Throws<FormatException>(() => EscapedBytes.Unescape("%zz"));
    }
}
