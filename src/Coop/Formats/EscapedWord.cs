using System.Text;
using Coop.Native;

namespace Coop.Formats;

/// <summary>
/// Carries any bytes through programs that read their arguments as UTF-8 (docker and podman store them as JSON): a backslash and bytes that
/// are no UTF-8 become <c>\xHH</c>.
/// </summary>
internal static class EscapedWord
{
    public static CString Escape(CString word)
    {
        StringBuilder escaped = new();
        var rest = word.Bytes;
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var used);
            if (status == System.Buffers.OperationStatus.Done && rune.Value != '\\')
            {
                escaped.Append(rune.ToString());
            }
            else
            {
                foreach (var one in rest[..used])
                {
                    escaped.Append($"\\x{one:x2}");
                }
            }

            rest = rest[used..];
        }

        return CString.From(escaped.ToString());
    }

    /// <summary>Undoes <see cref="Escape"/>; a backslash that begins no <c>\xHH</c> stays as it is.</summary>
    public static CString Unescape(CString word)
    {
        var bytes = word.Bytes;
        List<byte> plain = new(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (
                bytes[i] == '\\'
                && i + 3 < bytes.Length
                && bytes[i + 1] == 'x'
                && byte.TryParse(bytes.Slice(i + 2, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value)
                && value != 0
            )
            {
                plain.Add(value);
                i += 3;
            }
            else
            {
                plain.Add(bytes[i]);
            }
        }

        return CString.From(plain.ToArray());
    }
}
