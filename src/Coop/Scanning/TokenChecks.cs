using System.Buffers.Text;
using System.Text;
using Coop.Detectors;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>What a value must stand besides its form: checksums, and what base64 in it says.</summary>
internal static class TokenChecks
{
    private const int ChecksumLength = 6;

    public static bool Passes(DetectorCheck check, ReadOnlySpan<byte> value) =>
        check switch
        {
            DetectorCheck.None => true,
            DetectorCheck.Crc62 => HasChecksum(value),
            DetectorCheck.SasSignature => IsSignature(value),
            DetectorCheck.BasicPair => DecodePair(value[(value.IndexOf((byte)' ') + 1)..]) is not null,
            DetectorCheck.NotReference => !Placeholder.IsReference(value[(value.LastIndexOf((byte)'=') + 1)..]),
            _ => throw new InvalidOperationException($"No check {check}."),
        };

    /// <summary>What base64 holds; null when it is none.</summary>
    /// <param name="text">Padding may be missing.</param>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd((byte)'=');
        if (text.Length % 4 == 1 || text.IsEmpty)
        {
            return null;
        }

        var padded = new byte[(text.Length + 3) / 4 * 4];
        padded.AsSpan().Fill((byte)'=');
        text.CopyTo(padded);
        padded.AsSpan().Replace((byte)'-', (byte)'+');
        padded.AsSpan().Replace((byte)'_', (byte)'/');
        var status = Base64.DecodeFromUtf8InPlace(padded, out var length);
        return status == System.Buffers.OperationStatus.Done ? padded[..length] : null;
    }

    /// <summary>The <c>name:secret</c> that base64 holds; null when it holds something else.</summary>
    public static byte[]? DecodePair(ReadOnlySpan<byte> text) =>
        Decode(text) is { } pair
        && pair.AsSpan().IndexOf((byte)':') is > 0 and var colon
        && colon < pair.Length - 1
        && IsPrintable(pair)
            ? pair
            : null;

    /// <summary>True for text of one or more lines without control characters.</summary>
    public static bool IsPrintable(ReadOnlySpan<byte> text)
    {
        foreach (var value in text)
        {
            if (value is < 0x20 and not ((byte)'\n' or (byte)'\r' or (byte)'\t') or 0x7f)
            {
                return false;
            }
        }

        return System.Text.Unicode.Utf8.IsValid(text);
    }

    // docs.github.com, "Behind GitHub's new authentication token formats": the checksum makes false alarms nearly impossible.
    private static bool HasChecksum(ReadOnlySpan<byte> value)
    {
        var body = value[(value.IndexOf((byte)'_') + 1)..];
        if (body.Length <= ChecksumLength)
        {
            return false;
        }

        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var checksum = Crc32.Of(body[..^ChecksumLength]);
        for (var at = 1; at <= ChecksumLength; at++)
        {
            if (body[^at] != Digits[(int)(checksum % 62)])
            {
                return false;
            }

            checksum /= 62;
        }

        return true;
    }

    private static bool IsSignature(ReadOnlySpan<byte> value)
    {
        const int SignatureLength = 32;
        var encoded = Encoding.ASCII.GetString(value[(value.IndexOf((byte)'=') + 1)..]);
        return Decode(Encoding.ASCII.GetBytes(Uri.UnescapeDataString(encoded))) is { Length: SignatureLength };
    }
}
