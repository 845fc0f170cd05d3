using System.Globalization;
using Coop.Git;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Repositories;

public sealed class IndexFileTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    private RepositoryLocation Location => RepositoryFinder.Find(repository.Root, null);

    public void Dispose() => repository.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_index_of_git_names_what_is_tracked(int version)
    {
        AddTree();
        repository.Git("update-index", "--index-version", version.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(
            ["README", "later.txt", "link", "src/a.txt", "src/deep/b.sh", "src/deep/c.txt"],
            IndexFile.ReadPaths(Location).Order().Select(path => path.ToString())
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task It_keeps_of_each_file_what_git_says_it_keeps(int version)
    {
        AddTree();
        repository.Git("update-index", "--index-version", version.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(await ListByGit(), IndexFile.TryReadFiles(Location, Paths("README", "src", "link", "later.txt")));
    }

    [Fact]
    public void Files_are_asked_for_by_their_path_or_a_directory_above_and_by_nothing_else()
    {
        AddTree();
        var found = IndexFile.TryReadFiles(Location, Paths("src/deep", "READ", "src/a"))!;
        Assert.Equal(["src/deep/b.sh", "src/deep/c.txt"], found.Select(file => file.Path.ToString()));
        Assert.Equal([true, false], found.Select(file => file.IsExecutable));
    }

    [Fact]
    public void All_sides_of_a_conflict_are_there()
    {
        repository.Git("checkout", "--quiet", "-b", "other");
        repository.Write("project/README", "theirs\n");
        repository.Git("commit", "--quiet", "--all", "--message=theirs");
        repository.Git("checkout", "--quiet", "main");
        repository.Write("project/README", "ours\n");
        repository.Git("commit", "--quiet", "--all", "--message=ours");
        repository.Shell("git merge other || true");
        Assert.Equal(3, IndexFile.TryReadFiles(Location, Paths("README"))!.Count);
    }

    [Fact]
    public async Task An_index_in_two_files_or_with_directories_in_the_place_of_files_is_left_to_git()
    {
        AddTree();
        repository.Git("update-index", "--split-index");
        Assert.Null(IndexFile.TryReadFiles(Location, Paths("README")));
        Assert.Equal(["README"], await NamesByClient("README"));

        repository.Git("update-index", "--no-split-index");
        repository.Git("commit", "--quiet", "--message=tree");
        repository.Git("sparse-checkout", "set", "--cone", "--sparse-index", "nothing");
        Assert.Null(IndexFile.TryReadFiles(Location, Paths("src/deep")));
        Assert.Equal(["src/deep/b.sh", "src/deep/c.txt"], await NamesByClient("src/deep"));
    }

    [Fact]
    public void A_repository_of_longer_names_is_read_too_and_one_without_an_index_tracks_nothing()
    {
        repository.Shell("rm -rf .git; git init --quiet --object-format=sha256");
        Assert.Equal([], IndexFile.TryReadFiles(Location, Paths("README"))!);
        repository.Git("add", "--all");
        Assert.Equal(["README"], IndexFile.TryReadFiles(Location, Paths("README"))!.Select(file => file.Path.ToString()));
    }

    [Fact]
    public void An_index_that_is_cut_off_or_scrambled_names_nothing_and_harms_nobody()
    {
        var index = File.ReadAllBytes(repository.PathOf("project/.git/index"));
        Random random = new(7);
        for (var round = 0; round < 500; round++)
        {
            var copy = index[..random.Next(index.Length)];
            for (var change = 0; change < 3 && copy.Length > 0; change++)
            {
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(repository.PathOf("project/.git/index"), copy);
            Assert.InRange(IndexFile.ReadPaths(Location).Count, 0, 1);
            Assert.InRange(IndexFile.TryReadFiles(Location, [BytePath.From("README")])?.Count ?? 0, 0, 1);
        }
    }

    private static BytePath[] Paths(params string[] names) => [.. names.Select(BytePath.From)];

    private void AddTree()
    {
        repository.Write("project/src/a.txt", "x");
        repository.Write("project/src/deep/b.sh", "longer");
        repository.Write("project/src/deep/c.txt", "x");
        repository.Write("project/loose.txt", "x");
        repository.Write("project/later.txt", "x");
        repository.Shell("chmod +x src/deep/b.sh; ln -s README link; git add src link; git add --intent-to-add later.txt");
    }

    private async Task<IReadOnlyList<TrackedFile>> ListByGit()
    {
        var listing = repository.PathOf("listing");
        repository.Shell($"git ls-files --stage --debug -z > {listing}");
        return IndexListing.Parse(await File.ReadAllBytesAsync(listing, TestContext.Current.CancellationToken));
    }

    private async Task<IEnumerable<string>> NamesByClient(string path)
    {
        GitClient client = new(new Processes.ProcessRunner(repository.Environment), repository.Environment);
        var files = await client.ListTrackedAsync(Location, Paths(path), TestContext.Current.CancellationToken);
        return files.Select(file => file.Path.ToString());
    }
}
