using System.Collections.Concurrent;
using System.Globalization;
using Coop.Masking;
using Coop.Native;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.HiddenFiles;

/// <summary>In a tree of so many files that they are asked for by several threads, while the walk goes on.</summary>
public sealed class FileSurveyTests : IDisposable
{
    private const int Files = 4_500;

    private readonly TemporaryTree tree = new();

    public FileSurveyTests() =>
        tree.Shell(
            $"for d in $(seq 30); do mkdir -p deep$d/er; for f in $(seq {Files / 30}); do echo $d.$f > deep$d/er/file$f; done; done"
        );

    public void Dispose() => tree.Dispose();

    [Fact]
    public void Every_file_is_asked_for_once_and_what_must_be_read_comes_in_the_order_of_the_walk()
    {
        var judge = new Asked();
        new HiddenPathFinder(UserExceptions.None, HiddenMemory.Empty).Find(
            tree.Root,
            new HashSet<BytePath>(),
            judge,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Files, judge.Names.Count);
        Assert.Equal(Files, judge.Read.Count);
        Assert.Equal(Files, judge.Read.Distinct().Count());

        // A directory is walked at once: its files stand together.
        Assert.Equal(30, judge.Read.Zip(judge.Read.Skip(1)).Count(pair => !pair.First.Parent.Equals(pair.Second.Parent)) + 1);
        Assert.All(judge.Read, path => Assert.True(File.Exists(Path.Combine(tree.RootPath, path.ToString()))));
    }

    [Fact]
    public void A_walk_that_fails_leaves_no_thread_that_looks_on()
    {
        var judge = new Asked { Fails = true };
        Assert.Throws<InvalidDataException>(() =>
            new HiddenPathFinder(UserExceptions.None, HiddenMemory.Empty).Find(
                tree.Root,
                new HashSet<BytePath>(),
                judge,
                TestContext.Current.CancellationToken
            )
        );
        var asked = judge.Names.Count;
        tree.Shell("rm -r deep*");
        Assert.Equal(asked, judge.Names.Count);
    }

    // Knows no file, and finds nothing.
    private sealed class Asked : IContentJudge
    {
        public ConcurrentBag<string> Names { get; } = [];

        public List<BytePath> Read { get; } = [];

        public bool Fails { get; init; }

        public bool LooksInto(BytePath directory) => true;

        public bool IsKnownClean(ReadOnlySpan<byte> name, FileStatus status)
        {
            Names.Add(status.Inode.ToString(CultureInfo.InvariantCulture));
            return Fails && Names.Count > Files / 2 ? throw new InvalidDataException("as asked") : false;
        }

        public IReadOnlyDictionary<BytePath, HiddenReason> Judge(
            IReadOnlyList<(BytePath Path, FileStatus Status)> files,
            CancellationToken cancellationToken
        )
        {
            Read.AddRange(files.Select(file => file.Path));
            return new Dictionary<BytePath, HiddenReason>();
        }
    }
}
