using System.Text;
using Coop.Scanning;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.CheckSecrets;

/// <summary>Whatever is scanned, no rendering holds a value.</summary>
public class RenderedSecretsTests
{
    private const int Rounds = 400;

    private static readonly SecretScanner Scanner = SecretScanner.Standard();

    private static readonly string[] Wraps =
    [
        "password = \"{0}\"",
        "{0}",
        "{{\"token\": \"{0}\"}}",
        "# {0} 日本",
        "ä\t{0}\r",
        "https://app:{0}@db.internal.net/x",
        "curl -u app:{0} https://x.internal.net",
        "id,password\n1,{0}",
        "INSERT INTO u (password) VALUES ('{0}');",
        "secret: >-\n  {0}\n",
        "{0} # coop:allow-secret {0}",
        "{0}=\"{0}\"",
    ];

    [Fact]
    public void No_rendering_of_any_mutated_text_holds_a_value()
    {
        Random random = new(20);
        var told = 0;
        for (var round = 0; round < Rounds; round++)
        {
            string[] values = [SomeSecrets.GitHubToken, SomeSecrets.OtherGitHubToken, Password(random)];
            var text = Text(random, values);
            var name = random.Next(3) == 0 ? $"d/{values[random.Next(values.Length)]}.txt" : "a.txt";
            var findings = Scanner.ScanBlob(Encoding.UTF8.GetBytes(name), text);
            told += findings.Count;
            CommitPlace? commit =
                random.Next(2) == 0 ? null : new CommitPlace(new string('a', 40), "2026-01-01T00:00:00Z", true, 1);
            CheckReport report = new(
                [.. findings.Select(finding => new ReportedFinding(BytePath.From("a.txt"), finding, commit))],
                [],
                0,
                1
            );
            foreach (var shown in Renderings(report))
            {
                foreach (var value in values)
                {
                    // Neither the value nor a part of it that would help to guess it.
                    for (var at = 4; at + 8 <= value.Length; at++)
                    {
                        Assert.DoesNotContain(value.Substring(at, 8), shown, StringComparison.OrdinalIgnoreCase);
                    }
                }
            }
        }

        Assert.True(told > Rounds, $"only {told} findings: the texts do not test the rendering");
    }

    [Fact]
    public void A_path_that_holds_a_value_is_shown_without_it()
    {
        var finding = Scanner.ScanText(SomeSecrets.GitHubToken)[0];
        var path = BytePath.From($"d/{SomeSecrets.GitHubToken}/{SomeSecrets.OtherGitHubToken}.txt");
        CheckReport report = new(
            [new ReportedFinding(path, finding, null)],
            [(path, $"'{path}' cannot be read (Permission denied).")],
            0,
            1
        );
        foreach (var shown in Renderings(report))
        {
            Assert.DoesNotContain(SomeSecrets.GitHubToken[4..], shown, StringComparison.Ordinal);
            Assert.DoesNotContain(SomeSecrets.OtherGitHubToken[4..], shown, StringComparison.Ordinal);
        }
    }

    private static string[] Renderings(CheckReport report) =>
        [
            CheckSecretsText.Render(report),
            FindingsJson.Render(report),
            SarifReport.Render(report, "1.0"),
            string.Join('\n', CheckSecretsText.Notes(report)),
        ];

    private static byte[] Text(Random random, string[] values)
    {
        StringBuilder text = new();
        for (var line = random.Next(1, 8); line >= 0; line--)
        {
            var value = values[random.Next(values.Length)];
            value = random.Next(4) switch
            {
                0 => value[..(value.Length / 2)] + "\" + \"" + value[(value.Length / 2)..],
                1 => value[..(value.Length / 2)] + "\"\n  \"" + value[(value.Length / 2)..],
                _ => value,
            };
            text.Append(string.Format(null, Wraps[random.Next(Wraps.Length)], value)).Append('\n');
        }

        var bytes = random.Next(5) == 0 ? Encoding.Unicode.GetBytes(text.ToString()) : Encoding.UTF8.GetBytes(text.ToString());
        for (var change = random.Next(4); change > 0; change--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static string Password(Random random) => $"Zq7!{SomeSecrets.Letters(10, random.Next())}_9x";
}
