using System.Buffers;
using System.Text;

namespace Coop.Formats;

/// <summary>
/// Gives names that differ in case one form: ASCII and, in valid UTF-8, every letter with a simple case mapping. Bytes that are
/// no UTF-8 stay as they are. Normal forms (composed or not) are not unified.
/// </summary>
internal static class NameFold
{
    private const int LongS = 0x17f;
    private const int KelvinSign = 0x212a;

    /// <summary>How much room the folded form can need: a letter of two bytes can have a lower case of three.</summary>
    public static int BufferSize(int length) => length * 2;

    /// <summary>Folds a name.</summary>
    /// <param name="buffer">At least <see cref="BufferSize"/>; may hold the result.</param>
    /// <returns>The name itself where nothing changes.</returns>
    public static ReadOnlySpan<byte> Fold(ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        if (!name.ContainsAnyExceptInRange((byte)0, (byte)0x7f))
        {
            if (!name.ContainsAnyInRange((byte)'A', (byte)'Z'))
            {
                return name;
            }

            Ascii.ToLower(name, buffer, out var written);
            return buffer[..written];
        }

        var length = 0;
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var used) == OperationStatus.Done)
            {
                length += Fold(rune).EncodeToUtf8(buffer[length..]);
            }
            else
            {
                name[..used].CopyTo(buffer[length..]);
                length += used;
            }

            name = name[used..];
        }

        return buffer[..length];
    }

    public static byte[] Fold(ReadOnlySpan<byte> name) => Fold(name, new byte[BufferSize(name.Length)]).ToArray();

    public static Rune Fold(Rune rune) =>
        rune.Value switch
        {
            // .NET leaves the two letters alone whose other case is ASCII; file systems do not.
            LongS => new Rune('s'),
            KelvinSign => new Rune('k'),

            // By way of the upper case, because some letters share only that (the two small sigmas).
            _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)),
        };
}
