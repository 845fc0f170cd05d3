using Coop.TestKit;
using Xunit;

namespace Coop.HouseRules;

public class FileSizeTests
{
    private const int MostLines = 400;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_file_is_longer_than_400_lines(string directory) =>
        Assert.Equal(
            [],
            from path in SourceTree.CodeFiles(directory)
            let lines = File.ReadLines(Path.Combine(SourceTree.Root, path)).Count()
            where lines > MostLines
            select $"{path}: {lines} lines"
        );
}
