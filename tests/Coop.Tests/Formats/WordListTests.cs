using Coop.Native;
using CsCheck;
using Xunit;

namespace Coop.Formats;

public class WordListTests
{
    [Fact]
    public void A_list_is_read_back() =>
        Gen.Byte[1, 255]
            .Array[0, 20]
            .Array[0, 8]
            .Sample(words =>
            {
                IReadOnlyList<CString> list = [.. words.Select(word => CString.From(word))];
                Assert.Equal(list, WordList.Decode(WordList.Encode(list)));
            });

    [Fact]
    public void A_message_that_is_cut_short_is_refused()
    {
        var message = WordList.Encode(CString.List("A=1", "B=22"));
        for (var length = 0; length < message.Length; length++)
        {
            Assert.Throws<FormatException>(() => WordList.Decode(message.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 255 })]
    [InlineData(new byte[] { 255, 255, 255, 127 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 0, 0, 0, 0 })]
    public void Counts_that_cannot_be_and_a_nul_are_refused(byte[] message) =>
        Assert.Throws<FormatException>(() => WordList.Decode(message));

    [Fact]
    public void Any_bytes_are_read_or_refused_but_never_worse() =>
        Gen
            .Byte.Array[0, 40]
            .Sample(message =>
            {
                try
                {
                    WordList.Decode(message);
                }
                catch (FormatException)
                {
                    // Refused.
                }
            });
}
