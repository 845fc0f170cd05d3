using System.Text;
using Coop.Native;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Trees;

[Collection(nameof(RunsAlone))]
public class TreeWalkerTests
{
    [Fact]
    public void Every_entry_is_handed_out_with_path_type_and_inode_and_no_link_is_followed()
    {
        using var tree = new TemporaryTree()
            .File("a/b/file")
            .Folder("empty")
            .Link("a/up", "..")
            .Link("loop", "loop")
            .Fifo("a/pipe");
        var seen = Walk(tree);
        Assert.Equal(
            ["a DIR", "a/b DIR", "a/b/file REG", "a/pipe FIFO", "a/up LNK", "empty DIR", "loop LNK"],
            seen.Entries.Select(entry => $"{entry.Path} {entry.Type}").Order(StringComparer.Ordinal)
        );
        Assert.All(seen.Entries, entry => Assert.NotEqual(0UL, entry.Inode));
    }

    [Fact]
    public void What_the_visitor_does_not_descend_into_is_not_walked()
    {
        using var tree = new TemporaryTree().File("skip/x").File("take/y");
        Assert.Equal(
            ["skip", "take", "take/y"],
            Walk(tree, "skip").Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_tree_far_deeper_than_a_path_can_be_long_is_walked_with_few_descriptors_open()
    {
        // 2,850 directories of 20 bytes each; at every 190th a file and a second directory to come back for.
        using var tree = new TemporaryTree().Shell(
            "p=d; i=1; while [ $i -lt 190 ]; do p=$p/ddddddddddddddddddd; i=$((i+1)); done; i=0; "
                + "while [ $i -lt 15 ]; do mkdir -p $p x/y; : > f; cd -P $p; i=$((i+1)); done"
        );
        var seen = new Seen([]) { CountsDescriptors = true };
        var before = OpenDescriptors();
        TreeWalker.Walk(tree.Root, 0, seen, TestContext.Current.CancellationToken);
        Assert.Equal(15 * (190 + 3), seen.Entries.Count);
        Assert.Equal(15, seen.Entries.Count(entry => entry.Type == "REG"));
        Assert.True(seen.MostDescriptors <= before + 40);
        Assert.True(OpenDescriptors() <= before + 5);
    }

    [Fact]
    public void A_wide_directory_is_handed_out_whole()
    {
        using var tree = new TemporaryTree().Shell("seq -f a-file-with-quite-a-long-name-%.0f 20000 | xargs touch");
        Assert.Equal(20000, Walk(tree).Entries.Select(entry => entry.Path).Distinct().Count());
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_reported_with_path_and_tag()
    {
        using var tree = new TemporaryTree().Folder("a/closed").File("b/x").Shell("chmod 755 . a b; chmod 000 a/closed");
        using var other = new OtherUser();
        var seen = Walk(tree);
        Assert.Equal([(BytePath.From("a/closed"), "a/closed".Length, Errno.EACCES)], seen.Unreadable);
        Assert.Contains("b/x", seen.Entries.Select(entry => entry.Path));
    }

    [Fact]
    public void A_root_that_is_not_there_is_reported()
    {
        using var tree = new TemporaryTree();
        var seen = new Seen([]);
        TreeWalker.Walk(tree.Root.Join("none"), 5, seen, TestContext.Current.CancellationToken);
        Assert.Equal([(BytePath.Empty, 5, Errno.ENOENT)], seen.Unreadable);
    }

    [Fact]
    public void A_directory_replaced_by_a_link_before_it_is_entered_is_passed_over()
    {
        using var tree = new TemporaryTree().File("a/x").File("outside/secret");
        var root = tree.RootPath;
        var seen = new Seen([])
        {
            AfterListing = path =>
            {
                if (path.Length == 0)
                {
                    Directory.Move(Path.Combine(root, "a"), Path.Combine(root, "a2"));
                    File.CreateSymbolicLink(Path.Combine(root, "a"), "outside");
                }
            },
        };
        TreeWalker.Walk(tree.Root, 0, seen, TestContext.Current.CancellationToken);
        Assert.Equal(["a", "outside", "outside/secret"], seen.Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_cancelled_walk_stops()
    {
        using var tree = new TemporaryTree().File("a/x");
        Assert.Throws<OperationCanceledException>(() =>
            TreeWalker.Walk(tree.Root, 0, new Seen([]), new CancellationToken(canceled: true))
        );
    }

    private static Seen Walk(TemporaryTree tree, params string[] pruned)
    {
        var seen = new Seen(pruned);
        TreeWalker.Walk(tree.Root, 0, seen, TestContext.Current.CancellationToken);
        return seen;
    }

    private static int OpenDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private sealed class Seen(string[] pruned) : ITreeVisitor
    {
        public List<(string Path, string Type, ulong Inode)> Entries { get; } = [];

        public List<(BytePath Path, int Tag, int Error)> Unreadable { get; } = [];

        public Action<string> AfterListing { get; init; } = _ => { };

        public bool CountsDescriptors { get; init; }

        public int MostDescriptors { get; private set; }

        private int visits;

        public void Visit(TreeDirectory directory)
        {
            Assert.Equal(directory.Path.Length, directory.Tag);
            foreach (var entry in directory)
            {
                var path = Encoding.UTF8.GetString(directory.PathOf(entry).Bytes);
                Entries.Add((path, Type(entry.Type), entry.Inode));
                if (entry.Type == Dirent.DT_DIR && !pruned.Contains(path))
                {
                    directory.Descend(entry, path.Length);
                }
            }

            if (CountsDescriptors && ++visits % 50 == 0)
            {
                MostDescriptors = Math.Max(MostDescriptors, OpenDescriptors());
            }

            AfterListing(Encoding.UTF8.GetString(directory.Path));
        }

        public void CannotRead(BytePath directory, int tag, int error) => Unreadable.Add((directory, tag, error));

        private static string Type(byte type) =>
            type switch
            {
                Dirent.DT_DIR => "DIR",
                Dirent.DT_REG => "REG",
                Dirent.DT_LNK => "LNK",
                Dirent.DT_FIFO => "FIFO",
                _ => $"{type}",
            };
    }
}
