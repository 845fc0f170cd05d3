using System.Globalization;
using Coop.Storage;

namespace Coop.Detectors;

/// <summary>Every kind of credential that Coop knows: the tables that lie beside this file and go into the program.</summary>
internal sealed class DetectorCatalog
{
    // Counted up when the code that uses the tables finds something else than before, so that remembered answers are asked again.
    private const int Revision = 1;

    private const string TablePrefix = "detectors/";

    private DetectorCatalog(IReadOnlyList<SecretDetector> anchored, IReadOnlyList<SecretDetector> named) =>
        (Anchored, Named) = (anchored, named);

    /// <summary>Kinds that a literal in the value marks.</summary>
    public IReadOnlyList<SecretDetector> Anchored { get; }

    /// <summary>Kinds that only the name before the value tells.</summary>
    public IReadOnlyList<SecretDetector> Named { get; }

    public IEnumerable<SecretDetector> All => [.. Anchored, .. Named, .. StructuralDetectors.All];

    public static DetectorCatalog Read()
    {
        SecretDetector[] all = [.. Tables().SelectMany(table => DetectorTable.Read(table))];
        return new DetectorCatalog(
            [.. all.Where(kind => kind.Anchors.Count > 0)],
            [.. all.Where(kind => kind.Anchors.Count == 0)]
        );
    }

    /// <summary>Another one when a table or the code that reads it changed; cheap, since no table is understood for it.</summary>
    public static string ReadVersion()
    {
        using Digest sum = new();
        foreach (var table in Tables())
        {
            sum.Append(table);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Revision}-{sum.Finish()[..16]}");
    }

    private static IEnumerable<byte[]> Tables()
    {
        var assembly = typeof(DetectorCatalog).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(TablePrefix, StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var table = new byte[stream.Length];
            stream.ReadExactly(table);
            yield return table;
        }
    }
}
