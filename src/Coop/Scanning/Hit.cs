using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coop.Detectors;

namespace Coop.Scanning;

/// <summary>A credential at a place of a text, redacted, before its line is known.</summary>
/// <param name="End">Behind its last byte.</param>
/// <param name="Rank">Of two hits that overlap the one of the higher rank stays.</param>
internal sealed record Hit(SecretDetector Detector, int Start, int End, int Rank, string Redacted, string Digest)
{
    private const int LeastShownLength = 20;

    /// <param name="value">What is redacted here; it may have been decoded from what stands at the place.</param>
    public static Hit Make(SecretDetector detector, int start, int end, int rank, ReadOnlySpan<byte> value) =>
        new(detector, start, end, rank, Redact(detector, value), DigestOf(detector, value));

    private static string DigestOf(SecretDetector detector, ReadOnlySpan<byte> value)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(detector.Id + "\n"));
        hash.AppendData(value);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Only what a provider's token begins with anyhow: it names the kind, not the value.
    private static string Redact(SecretDetector detector, ReadOnlySpan<byte> value)
    {
        var shown = "";
        if (detector is { Lead: 0, Anchors.Count: > 0 } && value.Length >= LeastShownLength)
        {
            foreach (var anchor in detector.Anchors)
            {
                if (value.StartsWith(Encoding.ASCII.GetBytes(anchor)))
                {
                    shown = anchor;
                }
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{shown}***({value.Length})");
    }
}
