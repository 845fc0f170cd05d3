using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Coop.Storage;

/// <summary>
/// A Linux path or file name as the bytes it is: no NUL, no other rule. .NET's strings lose names that are not UTF-8, so
/// whatever a tree holds travels as this type. Compared and ordered byte by byte. The empty path stands for the root of what it is
/// relative to.
/// </summary>
internal sealed class BytePath : IEquatable<BytePath>, IComparable<BytePath>
{
    private const byte Slash = (byte)'/';

    // Refuses instead of replacing, so that a name that is no UTF-8 is noticed.
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly byte[] bytes;

    private BytePath(byte[] bytes) => this.bytes = bytes;

    public static BytePath Empty { get; } = new([]);

    public ReadOnlySpan<byte> Bytes => bytes;

    public int Length => bytes.Length;

    public bool IsEmpty => bytes.Length == 0;

    public bool IsAbsolute => bytes is [Slash, ..];

    /// <summary>The last segment; the whole path when it has no slash.</summary>
    public ReadOnlySpan<byte> Name => bytes.AsSpan(bytes.AsSpan().LastIndexOf(Slash) + 1);

    /// <summary>All but the last segment; empty for a path of one segment, <c>/</c> for a segment below the root.</summary>
    public BytePath Parent
    {
        get
        {
            var slash = bytes.AsSpan().LastIndexOf(Slash);
            return slash switch
            {
                < 0 => Empty,
                0 => From("/"),
                _ => From(bytes.AsSpan(0, slash)),
            };
        }
    }

    public static BytePath From(ReadOnlySpan<byte> path)
    {
        if (path.Contains((byte)0))
        {
            throw new ArgumentException("A path holds no NUL byte.", nameof(path));
        }

        return new BytePath(path.ToArray());
    }

    public static BytePath From(string path) => From(Encoding.UTF8.GetBytes(path));

    /// <summary>This path with one more part behind a slash; an absolute part is not special.</summary>
    public BytePath Join(ReadOnlySpan<byte> part)
    {
        if (IsEmpty)
        {
            return From(part);
        }

        if (part.IsEmpty)
        {
            return this;
        }

        var needsSlash = bytes[^1] != Slash;
        var joined = new byte[bytes.Length + (needsSlash ? 1 : 0) + part.Length];
        bytes.CopyTo(joined, 0);
        if (needsSlash)
        {
            joined[bytes.Length] = Slash;
        }

        part.CopyTo(joined.AsSpan(joined.Length - part.Length));
        return new BytePath(joined);
    }

    public BytePath Join(BytePath part) => Join(part.Bytes);

    public BytePath Join(string part) => Join(Encoding.UTF8.GetBytes(part));

    /// <summary>True for the directory itself and for everything below it.</summary>
    public bool IsWithin(BytePath directory)
    {
        if (directory.IsEmpty)
        {
            return !IsAbsolute;
        }

        if (!bytes.AsSpan().StartsWith(directory.bytes))
        {
            return false;
        }

        return bytes.Length == directory.bytes.Length || directory.bytes[^1] == Slash || bytes[directory.bytes.Length] == Slash;
    }

    /// <summary>The part below <paramref name="directory"/>, which must hold this path; empty for the directory itself.</summary>
    public BytePath RelativeTo(BytePath directory)
    {
        if (!IsWithin(directory))
        {
            throw new ArgumentException($"'{this}' is not within '{directory}'.", nameof(directory));
        }

        return From(bytes.AsSpan(directory.bytes.Length).TrimStart(Slash));
    }

    /// <summary>Without <c>.</c>, <c>..</c> and repeated slashes, by the text alone; links are not looked at.</summary>
    public BytePath Normalized()
    {
        List<byte[]> parts = [];
        foreach (var range in Bytes.Split(Slash))
        {
            var part = Bytes[range];
            if (part.SequenceEqual(".."u8) && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (!part.IsEmpty && !part.SequenceEqual("."u8))
            {
                parts.Add(part.ToArray());
            }
        }

        return parts.Aggregate(IsAbsolute ? From("/") : Empty, (path, part) => path.Join(part));
    }

    /// <summary>The path as text when it is valid UTF-8.</summary>
    public bool TryGetText([NotNullWhen(true)] out string? text)
    {
        try
        {
            text = StrictUtf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = null;
            return false;
        }
    }

    public bool Equals(BytePath? other) => other is not null && bytes.AsSpan().SequenceEqual(other.bytes);

    public override bool Equals(object? obj) => Equals(obj as BytePath);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    public int CompareTo(BytePath? other) => other is null ? 1 : bytes.AsSpan().SequenceCompareTo(other.bytes);

    /// <summary>For people: UTF-8, with control characters, quotes and bytes that are no UTF-8 escaped as C does.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(bytes.Length);
        var rest = bytes.AsSpan();
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var used);
            if (status != System.Buffers.OperationStatus.Done)
            {
                foreach (var bad in rest[..used])
                {
                    text.Append($"\\x{bad:x2}");
                }
            }
            else
            {
                AppendRune(text, rune);
            }

            rest = rest[used..];
        }

        return text.ToString();
    }

    private static void AppendRune(StringBuilder text, Rune rune)
    {
        switch (rune.Value)
        {
            case '\n':
                text.Append("\\n");
                break;
            case '\t':
                text.Append("\\t");
                break;
            case '\r':
                text.Append("\\r");
                break;
            case '\\':
                text.Append("\\\\");
                break;
            default:
                // Format characters (category Cf) include the bidirectional overrides, which reorder what a person reads.
                if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format)
                {
                    text.Append(rune.Value < 0x100 ? $"\\x{rune.Value:x2}" : $"\\u{rune.Value:x4}");
                }
                else
                {
                    text.Append(rune.ToString());
                }

                break;
        }
    }
}
