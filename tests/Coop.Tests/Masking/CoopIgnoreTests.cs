using System.Text;
using Coop.Errors;
using Coop.HiddenFiles;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Masking;

public class CoopIgnoreTests
{
    private static readonly HashSet<BytePath> Nothing = [];

    [Fact]
    public void Byte_order_mark_line_ends_comments_and_trailing_white_space_are_understood()
    {
        byte[] content = [0xef, 0xbb, 0xbf, .. "first.dat\r\n# note\r\n\r\nsecond.dat   \r\nsub/third.dat\t\r\nlast"u8];
        var file = CoopIgnore.Parse(content, BytePath.From(".coopignore"));
        Assert.Equal(
            ["first.dat 1", "second.dat 4", "sub/third.dat 5", "last 6"],
            file.Rules.Select(rule => $"{rule.Pattern.Text} {rule.Line}")
        );
    }

    [Theory]
    [InlineData("a\nb\0c")]
    [InlineData("\0")]
    public void A_binary_file_is_refused(string content) =>
        Assert.Equal("'.coopignore' is not a text file.", Refusal(new TemporaryTree().File(".coopignore", content)));

    [Fact]
    public void A_file_in_utf16_is_refused() =>
        Assert.Equal("'.coopignore' is not a text file.", Refusal(new TemporaryTree().Bytes(".coopignore", [0xff, 0xfe])));

    [Fact]
    public void A_fifo_is_refused_without_waiting() =>
        Assert.Equal(
            "'sub/.coopignore' is a FIFO, not a regular file.",
            Refusal(new TemporaryTree().Folder("sub").Fifo("sub/.coopignore"))
        );

    [Fact]
    public void A_link_is_refused_wherever_it_leads() =>
        Assert.Equal(
            "'.coopignore' is a symbolic link, not a regular file.",
            Refusal(new TemporaryTree().File("rules", "x").Link(".coopignore", "rules"))
        );

    [Fact]
    public void A_directory_is_refused() =>
        Assert.Equal("'.coopignore' is a directory, not a regular file.", Refusal(new TemporaryTree().Folder(".coopignore")));

    [Fact]
    public void A_file_beyond_one_mebibyte_is_refused_and_one_of_that_size_is_read()
    {
        Assert.Equal(
            "'.coopignore' is larger than 1024 KiB.",
            Refusal(new TemporaryTree().File(".coopignore", new string('\n', 1024 * 1024 + 1)))
        );
        using var tree = new TemporaryTree().File(".coopignore", new string('\n', 1024 * 1024 - 1) + "x").File("x");
        Assert.Equal(BytePath.From("x"), Find(tree).Hidden.Single().Path);
    }

    [Fact]
    public void A_malformed_line_anywhere_is_an_error_with_file_and_line() =>
        Assert.Equal(
            "a/b/.coopignore:2: pattern 'prod[.yml' has an unclosed '['",
            Refusal(new TemporaryTree().File("a/b/.coopignore", "hidden.dat\nprod[.yml\n"))
        );

    [Fact]
    public void A_name_in_another_case_is_read_too()
    {
        using var tree = new TemporaryTree().File(".CoopIgnore", "x.dat\n").File("x.dat");
        Assert.Equal([BytePath.From(".CoopIgnore")], Find(tree).RuleFiles);
        Assert.Equal(BytePath.From("x.dat"), Find(tree).Hidden.Single().Path);
    }

    [Fact]
    public void More_than_ten_thousand_patterns_are_refused_but_not_as_many_plain_names()
    {
        var patterns = string.Join('\n', Enumerable.Range(0, 10_001).Select(number => $"a{number}*"));
        Assert.Equal(
            ".coopignore:10001: more than 10000 patterns with wildcards or slashes",
            Refusal(new TemporaryTree().File(".coopignore", patterns))
        );
        var names = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 60_000).Select(number => $"a{number}")));
        Assert.Equal(60_000, CoopIgnore.Parse(names, BytePath.From(".coopignore")).Rules.Count);
    }

    private static HiddenPaths Find(TemporaryTree tree) =>
        new HiddenPathFinder(UserExceptions.None, HiddenMemory.Empty).Find(
            tree.Root,
            Nothing,
            TestContext.Current.CancellationToken
        );

    private static string Refusal(TemporaryTree tree)
    {
        using (tree)
        {
            var error = Assert.Throws<UserError>(() => Find(tree));
            Assert.Equal(ExitCode.Failed, error.ExitCode);
            return error.Message;
        }
    }
}
