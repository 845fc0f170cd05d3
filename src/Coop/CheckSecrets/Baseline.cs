using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coop.Errors;

namespace Coop.CheckSecrets;

/// <summary>
/// Findings that are known and stay: a file to commit, in which each is its path, its kind and a mark. Lines are not in it, so moved ones stay known. The mark is 24 bits of a
/// keyed digest: enough to tell two values of one file apart, too little to try passwords against it.
/// </summary>
internal sealed class Baseline
{
    private const int CurrentVersion = 1;
    private const int MarkLength = 6;
    private const int SaltBytes = 16;

    private readonly byte[] salt;
    private readonly HashSet<Entry> entries;

    private Baseline(byte[] salt, IEnumerable<Entry> entries) => (this.salt, this.entries) = (salt, [.. entries]);

    public static Baseline Empty { get; } = new([], []);

    public bool Knows(ReportedFinding finding) => entries.Count > 0 && entries.Contains(EntryOf(finding, salt));

    /// <summary>Reads a baseline.</summary>
    /// <param name="shown">For messages.</param>
    /// <exception cref="UserError">It is malformed, or newer than this program; exit 2.</exception>
    public static Baseline Parse(ReadOnlySpan<byte> text, string shown)
    {
        Document? document;
        try
        {
            document = JsonSerializer.Deserialize(text, CheckSecretsJsonContext.Default.BaselineDocument);
        }
        catch (JsonException cause)
        {
            throw UserError.Usage(
                $"The baseline '{shown}' is not the JSON that Coop writes (line {(cause.LineNumber ?? 0) + 1}).",
                "Write it anew: coop check-secrets --baseline FILE --update-baseline"
            );
        }

        if (document is not { Version: > 0 })
        {
            throw UserError.Usage(
                $"The baseline '{shown}' does not say its version.",
                "Write it anew: coop check-secrets --baseline FILE --update-baseline"
            );
        }

        if (document.Version > CurrentVersion)
        {
            throw UserError.Usage(
                $"The baseline '{shown}' is of version {document.Version}; this program knows version {CurrentVersion}.",
                "Use the newer coop that wrote it."
            );
        }

        try
        {
            return new Baseline(Convert.FromHexString(document.Nonce ?? ""), document.Findings ?? []);
        }
        catch (FormatException)
        {
            throw UserError.Usage(
                $"The nonce of the baseline '{shown}' is not hexadecimal.",
                "Write it anew: coop check-secrets --baseline FILE --update-baseline"
            );
        }
    }

    /// <summary>The file that knows exactly these findings; the salt of an old one is kept, so that only what changed shows in a diff.</summary>
    public string Render(IReadOnlyList<ReportedFinding> findings)
    {
        var key = salt.Length > 0 ? salt : RandomNumberGenerator.GetBytes(SaltBytes);
        Entry[] sorted =
        [
            .. findings
                .Select(finding => EntryOf(finding, key))
                .Distinct()
                .OrderBy(entry => entry.Path, StringComparer.Ordinal)
                .ThenBy(entry => entry.Kind, StringComparer.Ordinal)
                .ThenBy(entry => entry.Mark, StringComparer.Ordinal),
        ];
        Document document = new(CurrentVersion, Convert.ToHexStringLower(key), sorted);
        return JsonSerializer.Serialize(document, CheckSecretsJsonContext.Default.BaselineDocument) + "\n";
    }

    private static Entry EntryOf(ReportedFinding finding, byte[] salt)
    {
        var path = finding.Path.ToString();
        var digest = HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes($"{path}\n{finding.Finding.Digest}"));
        return new Entry(path, finding.Finding.Detector, Convert.ToHexStringLower(digest)[..MarkLength]);
    }

    internal sealed record Document(int Version, string? Nonce, IReadOnlyList<Entry>? Findings);

    internal sealed record Entry(string Path, string Kind, string Mark);
}
