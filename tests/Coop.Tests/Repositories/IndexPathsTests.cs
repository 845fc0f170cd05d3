using Coop.TestKit;
using Xunit;

namespace Coop.Repositories;

public class IndexPathsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void The_index_of_git_names_what_is_tracked(int version)
    {
        using TemporaryRepository repository = new();
        repository.Write("project/src/a.txt", "x");
        repository.Write("project/src/deep/b.txt", "x");
        repository.Write("project/loose.txt", "x");
        repository.Git("add", "src");
        repository.Git("update-index", "--index-version", version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var location = RepositoryFinder.Find(repository.Root, null);
        Assert.Equal(
            ["README", "src/a.txt", "src/deep/b.txt"],
            IndexPaths.Read(location).Order().Select(path => path.ToString())
        );
    }

    [Fact]
    public void An_index_that_is_cut_off_or_scrambled_names_nothing_and_harms_nobody()
    {
        using TemporaryRepository repository = new();
        var index = File.ReadAllBytes(repository.PathOf("project/.git/index"));
        Random random = new(7);
        for (var round = 0; round < 500; round++)
        {
            var copy = index[..random.Next(index.Length)];
            for (var change = 0; change < 3 && copy.Length > 0; change++)
            {
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            }

            Assert.InRange(IndexPaths.Parse(copy, 20).Count, 0, 1);
        }
    }
}
