using System.Text;
using Xunit;

namespace Coop.Formats;

public class NameFoldTests
{
    [Theory]
    [InlineData(".ENV", ".env")]
    [InlineData("ÄÖÜ.Key", "äöü.key")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφοσ")]
    [InlineData("ς", "σ")]
    [InlineData(".ſſh", ".ssh")]
    [InlineData("server.\u212aey", "server.key")]
    [InlineData("plain", "plain")]
    public void Names_that_a_file_system_may_take_for_one_get_one_form(string name, string folded) =>
        Assert.Equal(folded, Encoding.UTF8.GetString(NameFold.Fold(Encoding.UTF8.GetBytes(name))));

    [Fact]
    public void Bytes_that_are_no_utf8_stay_and_the_rest_is_folded() =>
        Assert.Equal([(byte)'a', 0xff, (byte)'b'], NameFold.Fold([(byte)'A', 0xff, (byte)'B']));

    [Fact]
    public void Every_letter_fits_into_the_promised_buffer()
    {
        for (var value = 0; value < 0x20000; value++)
        {
            if (Rune.IsValid(value))
            {
                var name = Encoding.UTF8.GetBytes(new Rune(value).ToString());
                Assert.True(NameFold.Fold(new Rune(value)).Utf8SequenceLength <= NameFold.BufferSize(name.Length));
            }
        }
    }
}
