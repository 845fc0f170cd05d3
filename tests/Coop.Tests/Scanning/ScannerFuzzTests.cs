using System.Text;
using Coop.Detectors;
using Coop.TestKit;
using Xunit;

namespace Coop.Scanning;

public class ScannerFuzzTests
{
    private static readonly SecretScanner Scanner = SecretScanner.Standard();
    private static readonly DetectorCatalog Catalog = DetectorCatalog.Read();

    private static readonly string[] Pieces =
    [
        "password=",
        "secret: ",
        "\"token\": \"",
        "'",
        "\"",
        "\\\"",
        "\n",
        "\r\n",
        "\\n",
        "\t",
        " + ",
        "://u:",
        "@h/",
        "-----BEGIN RSA PRIVATE KEY-----",
        "eyJ",
        ".",
        "${",
        "}",
        "<key>",
        "</",
        "kind: Secret\ndata:\n  p: ",
        "Basic ",
        "Bearer ",
        "curl -u a:",
        "mysql -p",
        ":5432:",
        "| ",
        "=>",
        ":=",
        "\u00e9",
        "\0",
        "\ufeff",
        "%3D",
        "\\u0041",
        "sig=",
        "name=\"",
        "value=\"",
        "`",
    ];

    [Fact]
    public void No_mutated_input_stops_the_scanner_or_shows_a_value()
    {
        var examples = Catalog.Anchored.Concat(Catalog.Named).Select(kind => SecretDetector.Unbarred(kind.Example)).ToArray();
        Random random = new(20_260_101);
        for (var round = 2 * SoakRounds.Or(1_000); round > 0; round--)
        {
            var content = Content(random, examples);
            foreach (var finding in Scanner.ScanBlob("f"u8, content))
            {
                Assert.InRange(finding.Line, 1, int.MaxValue);
                Assert.InRange(finding.EndLine, finding.Line, int.MaxValue);
                Assert.Matches("^[ -~]*\\*\\*\\*\\([0-9]+\\)$", finding.Redacted);
                Assert.InRange(finding.Redacted.Length, 0, 40);
            }
        }
    }

    private static byte[] Content(Random random, byte[][] examples)
    {
        List<byte> content = [];
        for (var piece = random.Next(1, 30); piece > 0; piece--)
        {
            switch (random.Next(4))
            {
                case 0:
                    content.AddRange(examples[random.Next(examples.Length)]);
                    break;
                case 1:
                    var bytes = new byte[random.Next(40)];
                    random.NextBytes(bytes);
                    content.AddRange(bytes);
                    break;
                default:
                    content.AddRange(Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
            }
        }

        for (var change = random.Next(4); change > 0 && content.Count > 0; change--)
        {
            content[random.Next(content.Count)] = (byte)random.Next(256);
        }

        return [.. content];
    }
}
