using System.Text;
using Xunit;

namespace Coop.Detectors;

public class ShapeTests
{
    [Theory]
    [InlineData(@"a\d{3}", "a123", 4)]
    [InlineData(@"a\d{3}", "a1234", -1)]
    [InlineData(@"a\d{2,4}", "a123-", 4)]
    [InlineData(@"a(bc|d)?e", "abce", 4)]
    [InlineData(@"a(bc|d)?e", "ae", 2)]
    [InlineData(@"\u{2,9}XY\u{2,9}", "aXYaXYbb", 8)]
    [InlineData(@"\u{2,9}XY\u{2,9}", "aXYbb", -1)]
    [InlineData(@"[A-C_]{2}=", "A_=", 3)]
    [InlineData(@"x|yz", "yz", 2)]
    [InlineData("ab", "abc", -1)]
    public void A_shape_matches_up_to_where_the_credential_ends(string notation, string text, int end) =>
        Assert.Equal(end, Shape.Parse(notation).Match(Encoding.ASCII.GetBytes(text), 0));

    [Fact]
    public void Every_shape_ends_on_hostile_text()
    {
        // Long runs of what most sets hold, in which a matcher that goes back would try every way to share them out.
        var text = Encoding.ASCII.GetBytes(new string('a', 20_000) + "-" + new string('0', 20_000));
        var catalog = DetectorCatalog.Read();
        foreach (var kind in catalog.Anchored.Concat(catalog.Named))
        {
            for (var start = 0; start < text.Length; start += 997)
            {
                _ = kind.Shape.Match(text, start);
            }
        }
    }
}
