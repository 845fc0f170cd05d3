using System.Text;

namespace Coop.Native;

/// <summary>Bytes without a NUL, as the kernel takes arguments, variables and paths. Compared byte by byte.</summary>
internal sealed class CString : IEquatable<CString>
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly byte[] bytes;

    private CString(byte[] bytes) => this.bytes = bytes;

    public ReadOnlySpan<byte> Bytes => bytes;

    public bool IsUtf8
    {
        get
        {
            try
            {
                _ = StrictUtf8.GetCharCount(bytes);
                return true;
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }
    }

    public static CString From(ReadOnlySpan<byte> value)
    {
        if (value.Contains((byte)0))
        {
            throw new ArgumentException("The kernel takes no NUL byte here.", nameof(value));
        }

        return new CString(value.ToArray());
    }

    public static CString From(string value) => From(Encoding.UTF8.GetBytes(value));

    public static IReadOnlyList<CString> List(params ReadOnlySpan<string> values)
    {
        var list = new CString[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            list[i] = From(values[i]);
        }

        return list;
    }

    public bool Equals(CString? other) => other is not null && bytes.AsSpan().SequenceEqual(other.bytes);

    public override bool Equals(object? obj) => Equals(obj as CString);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    /// <summary>As text; bytes that are no UTF-8 become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(bytes);
}
