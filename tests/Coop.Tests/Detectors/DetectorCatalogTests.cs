using System.Text;
using Coop.Scanning;
using Xunit;

namespace Coop.Detectors;

public class DetectorCatalogTests
{
    private static readonly DetectorCatalog Catalog = DetectorCatalog.Read();
    private static readonly SecretScanner Scanner = SecretScanner.Standard();

    public static TheoryData<string> Ids => [.. Catalog.Anchored.Concat(Catalog.Named).Select(kind => kind.Id)];

    [Fact]
    public void Every_kind_has_a_name_of_its_own_a_title_and_a_source()
    {
        var all = Catalog.All.ToList();
        Assert.Equal([], all.GroupBy(kind => kind.Id).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Equal([], all.Where(kind => kind.Title.Length == 0 || kind.Source.Length == 0).Select(kind => kind.Id));
        Assert.True(Catalog.Anchored.Count + Catalog.Named.Count >= 170);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_example_of_a_kind_is_found_as_it(string id)
    {
        var kind = Find(id);
        Assert.Contains(id, Scan(kind, kind.Example).Select(finding => finding.Detector));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_only_looks_like_a_kind_is_not_found_as_it(string id)
    {
        var kind = Find(id);
        Assert.DoesNotContain(id, Scan(kind, kind.CounterExample).Select(finding => finding.Detector));
    }

    private static SecretDetector Find(string id) => Catalog.Anchored.Concat(Catalog.Named).Single(kind => kind.Id == id);

    // As it would stand in a file: behind a name that says whose it is, or near a word that does.
    private static IReadOnlyList<SecretFinding> Scan(SecretDetector kind, string barred)
    {
        var value = Encoding.UTF8.GetString(SecretDetector.Unbarred(barred));
        var word = kind.Words.Count > 0 ? kind.Words[0] : "some";
        var tail = kind.Tails.Count > 0 ? kind.Tails[0] : "token";
        var line =
            kind.Anchors.Count > 0
                ? $"{word} {string.Join(' ', kind.Words)} \"{value}\"\n"
                : $"{word}_{CredentialWord(tail)} = \"{value}\"\n";
        return Scanner.ScanText(line);
    }

    private static string CredentialWord(string tail) =>
        tail switch
        {
            "key" => "api_key",
            "id" or "login" or "string" or "certificate" => "secret_" + tail,
            _ => tail,
        };
}
