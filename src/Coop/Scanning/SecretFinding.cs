using Coop.Detectors;

namespace Coop.Scanning;

/// <summary>A credential in a text. The value itself is not in it: it is redacted when the finding is made.</summary>
/// <param name="Detector">The detector's id, such as <c>github-pat</c>.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-8 bytes of the line.</param>
/// <param name="Utf16Column">From 1, in UTF-16 code units of the line, without a byte order mark.</param>
/// <param name="EndLine">The last line of the value, not before <paramref name="Line"/>.</param>
/// <param name="Redacted">A few characters of a long value and its length; printable ASCII.</param>
/// <param name="Digest">
/// SHA-256 of the detector's id and the value, in lower hexadecimal: equal for equal values. For comparing in memory only; printed, it would let
/// somebody try passwords.
/// </param>
/// <param name="AllowReason">
/// What stands behind <c>coop:allow-secret</c> in the line; null when there is none. Whether it counts is for the caller to say: at a merge
/// and in a hook only when the target branch had it already.
/// </param>
internal sealed record SecretFinding(
    string Detector,
    string Title,
    SecretTier Tier,
    int Line,
    int Column,
    int Utf16Column,
    int EndLine,
    string Redacted,
    string Digest,
    string? AllowReason
);
