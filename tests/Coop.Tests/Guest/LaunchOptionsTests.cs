using Coop.Native;
using Xunit;

namespace Coop.Guest;

public class LaunchOptionsTests
{
    [Fact]
    public void Every_word_is_understood()
    {
        var options = LaunchOptions.Parse(
            CString.List(
                "--directory",
                "/run/coop",
                "--user",
                "5:6",
                "--owner",
                "0:7",
                "--mapped",
                "/src",
                "/run/coop/0",
                "--plain",
                "/x",
                "/run/coop/1",
                "--",
                "bwrap",
                "--bind",
                "a",
                "b"
            )
        );
        Assert.Equal("/run/coop", options.Directory?.ToString());
        Assert.Equal(((5u, 6u), (0u, 7u)), (options.User, options.Owner));
        Assert.Equal(
            [
                new LaunchBind(CString.From("/src"), CString.From("/run/coop/0"), IsMapped: true),
                new LaunchBind(CString.From("/x"), CString.From("/run/coop/1"), IsMapped: false),
            ],
            options.Binds
        );
        Assert.Equal(CString.List("bwrap", "--bind", "a", "b"), options.Command);
    }

    [Fact]
    public void Masks_alone_need_no_other_user()
    {
        var options = LaunchOptions.Parse(CString.List("--masks", "/m", "--", "bwrap"));
        Assert.Equal((null, null, null, "/m"), (options.Directory, options.User, options.Owner, options.Masks?.ToString()));
    }

    [Theory]
    [InlineData("--masks")]
    [InlineData("--directory /d --user 0:0 -- bwrap")]
    [InlineData("--directory /d --user 0:5 -- bwrap")]
    [InlineData("--directory /d -- bwrap")]
    [InlineData("--user 5:5 -- bwrap")]
    [InlineData("--directory /d --user 5:5 --")]
    [InlineData("--directory /d --user 5:5")]
    [InlineData("--directory /d --user 5 -- bwrap")]
    [InlineData("--directory /d --user -1:5 -- bwrap")]
    [InlineData("--directory /d --user 4294967296:5 -- bwrap")]
    [InlineData("--directory /d --user 5:5 --mapped /a")]
    [InlineData("--directory /d --user 5:0 -- bwrap")]
    [InlineData("")]
    public void It_becomes_nobody_it_must_not_be_and_nothing_by_half(string words) =>
        Assert.Throws<FormatException>(() =>
            LaunchOptions.Parse(CString.List(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        );
}
