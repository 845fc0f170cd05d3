using System.Globalization;
using System.Security.Cryptography;

namespace Coop.Scanning.Detectors;

/// <summary>Every kind of credential that Coop knows: the tables that lie beside this file and go into the program.</summary>
internal sealed class DetectorCatalog
{
    // Counted up when the code that uses the tables finds something else than before, so that remembered answers are asked again.
    private const int Revision = 1;

    private const string TablePrefix = "detectors/";

    private DetectorCatalog(IReadOnlyList<SecretDetector> anchored, IReadOnlyList<SecretDetector> named, string version) =>
        (Anchored, Named, Version) = (anchored, named, version);

    /// <summary>Kinds that a literal in the value marks.</summary>
    public IReadOnlyList<SecretDetector> Anchored { get; }

    /// <summary>Kinds that only the name before the value tells.</summary>
    public IReadOnlyList<SecretDetector> Named { get; }

    /// <summary>Another one when a table or the code that reads it changed.</summary>
    public string Version { get; }

    public IEnumerable<SecretDetector> All => [.. Anchored, .. Named, .. StructuralDetectors.All];

    public static DetectorCatalog Read()
    {
        var assembly = typeof(DetectorCatalog).Assembly;
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<SecretDetector> all = [];
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(TablePrefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var table = new byte[stream.Length];
            stream.ReadExactly(table);
            sum.AppendData(table);
            all.AddRange(DetectorTable.Read(table));
        }

        var version = string.Create(
            CultureInfo.InvariantCulture,
            $"{Revision}-{Convert.ToHexStringLower(sum.GetHashAndReset().AsSpan(0, 8))}"
        );
        return new DetectorCatalog(
            [.. all.Where(kind => kind.Anchors.Count > 0)],
            [.. all.Where(kind => kind.Anchors.Count == 0)],
            version
        );
    }
}
