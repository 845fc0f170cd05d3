using Xunit;

namespace Coop.Storage;

public class BytePathTests
{
    [Fact]
    public void A_path_that_is_no_utf8_keeps_its_bytes_and_has_no_text()
    {
        var path = BytePath.From([(byte)'a', 0xff, (byte)'b']);
        Assert.False(path.TryGetText(out _));
        Assert.Equal("a\\xffb", path.ToString());
        Assert.Equal([(byte)'a', 0xff, (byte)'b'], path.Bytes.ToArray());
    }

    [Fact]
    public void Control_characters_and_direction_marks_are_escaped_for_people() =>
        Assert.Equal("a\\nb\\x1b[31m\\u202ec", BytePath.From("a\nb\u001b[31m\u202ec").ToString());

    [Theory]
    [InlineData("a/b/c", "a/b", "c")]
    [InlineData("/a", "/", "a")]
    [InlineData("a", "", "a")]
    public void Parent_and_name_split_at_the_last_slash(string path, string parent, string name)
    {
        var bytePath = BytePath.From(path);
        Assert.Equal(BytePath.From(parent), bytePath.Parent);
        Assert.Equal(name, System.Text.Encoding.UTF8.GetString(bytePath.Name));
    }

    [Theory]
    [InlineData("/a/b", "/a", true)]
    [InlineData("/a", "/a", true)]
    [InlineData("/ab", "/a", false)]
    [InlineData("/ab", "/", true)]
    [InlineData("ab", "", true)]
    [InlineData("/ab", "", false)]
    public void A_path_is_within_a_directory_by_whole_segments(string path, string directory, bool expected) =>
        Assert.Equal(expected, BytePath.From(path).IsWithin(BytePath.From(directory)));

    [Fact]
    public void A_nul_byte_is_refused() => Assert.Throws<ArgumentException>(() => BytePath.From("a\0b"));
}
