using System.Buffers.Binary;
using Coop.Native;

namespace Coop.Formats;

/// <summary>
/// A list of byte strings as one message between Coop and its own file inside or around a box: the count, then each length and its bytes, all
/// numbers 32 bits little-endian.
/// </summary>
internal static class WordList
{
    /// <summary>More than any argument list the kernel takes; a message that claims more is refused before memory is made for it.</summary>
    public const int LimitBytes = 64 << 20;

    public static byte[] Encode(IReadOnlyList<CString> words)
    {
        var size = 4 + words.Sum(word => 4 + word.Bytes.Length);
        var message = new byte[size];
        BinaryPrimitives.WriteInt32LittleEndian(message, words.Count);
        var at = 4;
        foreach (var word in words)
        {
            BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(at), word.Bytes.Length);
            word.Bytes.CopyTo(message.AsSpan(at + 4));
            at += 4 + word.Bytes.Length;
        }

        return message;
    }

    /// <exception cref="FormatException">The message is cut short or holds a NUL.</exception>
    public static IReadOnlyList<CString> Decode(ReadOnlySpan<byte> message)
    {
        var count = TakeNumber(ref message);
        List<CString> words = [];
        for (var i = 0; i < count; i++)
        {
            var length = TakeNumber(ref message);
            if (length > message.Length || message[..length].Contains((byte)0))
            {
                throw new FormatException("A message between Coop and its box is damaged.");
            }

            words.Add(CString.From(message[..length]));
            message = message[length..];
        }

        return words;
    }

    private static int TakeNumber(ref ReadOnlySpan<byte> message)
    {
        var number = message.Length < 4 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(message);
        if (number < 0)
        {
            throw new FormatException("A message between Coop and its box is damaged.");
        }

        message = message[4..];
        return number;
    }
}
