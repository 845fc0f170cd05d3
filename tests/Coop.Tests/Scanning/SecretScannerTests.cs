using System.Text;
using Coop.Detectors;
using Coop.TestKit;
using Xunit;

namespace Coop.Scanning;

public class SecretScannerTests
{
    private static readonly SecretScanner Scanner = SecretScanner.Standard();

    private static string Token => SomeSecrets.GitHubToken;

    [Fact]
    public void A_finding_tells_kind_place_and_length_and_not_the_value()
    {
        var finding = Assert.Single(Scanner.ScanText($"one\ntwo {Token} three\n"));
        Assert.Equal(
            ("github-pat", SecretTier.Provider, 2, 5, 2, "ghp_***(40)"),
            (finding.Detector, finding.Tier, finding.Line, finding.Column, finding.EndLine, finding.Redacted)
        );
        Assert.DoesNotContain(Token[4..], finding.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> Encodings =>
        new()
        {
            { "UTF-8 with a mark", [0xef, 0xbb, 0xbf, .. Bytes($"t={SomeSecrets.GitHubToken}")] },
            { "UTF-16, little end first", [0xff, 0xfe, .. Encoding.Unicode.GetBytes($"t={SomeSecrets.GitHubToken}\n")] },
            { "UTF-16, big end first", [0xfe, 0xff, .. Encoding.BigEndianUnicode.GetBytes($"t={SomeSecrets.GitHubToken}\n")] },
            { "UTF-16 without a mark", Encoding.Unicode.GetBytes($"token={SomeSecrets.GitHubToken}\n") },
            { "CRLF", Bytes($"a\r\nt={SomeSecrets.GitHubToken}\r\nb\r\n") },
            { "no newline at the end", Bytes($"t={SomeSecrets.GitHubToken}") },
            { "behind NULs", [0, 0, (byte)'\n', .. Bytes($"t={SomeSecrets.GitHubToken}\n")] },
            {
                "in binary",
                [.. Enumerable.Range(0, 4096).Select(value => (byte)(value * 7)), .. Bytes($" {SomeSecrets.GitHubToken} ")]
            },
            {
                "in a very long line",
                Bytes(new string('x', 300_000) + $" \"{SomeSecrets.GitHubToken}\" " + new string('y', 300_000))
            },
            { "in a JSON string in JSON", Bytes($$"""{"p": "{\"t\": \"{{SomeSecrets.GitHubToken}}\"}"}""") },
            { "behind an escaped newline", Bytes($"\"first\\n{SomeSecrets.GitHubToken}\\n\"") },
            { "behind a percent sign", Bytes($"?a=b%3D{SomeSecrets.GitHubToken}") },
            { "in two literals", Bytes($"x = \"{SomeSecrets.GitHubToken[..20]}\" + \"{SomeSecrets.GitHubToken[20..]}\";\n") },
            {
                "in literals of two lines",
                Bytes($"x = (\"{SomeSecrets.GitHubToken[..20]}\"\n     \"{SomeSecrets.GitHubToken[20..]}\")\n")
            },
            { "in base64", Bytes("c: " + Convert.ToBase64String(Bytes($"{{\"t\": \"{SomeSecrets.GitHubToken}\"}}")) + "\n") },
        };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_token_is_found(string where, byte[] content) =>
        Assert.True(Scanner.ScanBlob("f"u8, content).Any(finding => finding.Detector == "github-pat"), where);

    [Theory]
    [InlineData("password = \"Rk7|!vQz2_pLd\"", "password")] // coop:allow-secret made up for this test
    [InlineData("  smtp_password: Rk7|!vQz2_pLd", "password")] // coop:allow-secret made up for this test
    [InlineData("<dbPassword>Rk7|!vQz2_pLd</dbPassword>", "password")] // coop:allow-secret made up for this test
    [InlineData("<property name=\"db.password\" value=\"Rk7|!vQz2_pLd\"/>", "password")] // coop:allow-secret made up for this test
    [InlineData("props.setProperty(\"db.password\", \"Rk7|!vQz2_pLd\");", "password")] // coop:allow-secret made up for this test
    [InlineData("let db_password = String::from(\"Rk7|!vQz2_pLd\");", "password")] // coop:allow-secret made up for this test
    [InlineData("setx DB_PASSWORD \"Rk7|!vQz2_pLd\"", "password")] // coop:allow-secret made up for this test
    [InlineData("DB_PASSWORD=${DB_PASSWORD:-Rk7|!vQz2_pLd}", "password")] // coop:allow-secret made up for this test
    [InlineData("run --db-password Rk7|!vQz2_pLd", "password")] // coop:allow-secret made up for this test
    [InlineData("const password: string = \"Rk7|!vQz2_pLd\"", "password")] // coop:allow-secret made up for this test
    [InlineData("- name: DB_PASSWORD\n  value: \"Rk7|!vQz2_pLd\"", "password")] // coop:allow-secret made up for this test
    [InlineData("variable \"db_password\" {\n  default = \"Rk7|!vQz2_pLd\"\n}", "password")] // coop:allow-secret made up for this test
    [InlineData("Server=db;User Id=app;Password=Rk7|xvQz2pLd;Encrypt=true", "password")] // coop:allow-secret made up for this test
    [InlineData("machine h\n  login app\n  password Rk7|xvQz2pLd", "password")] // coop:allow-secret made up for this test
    [InlineData("postgres://app:Rk7|xvQz2pLd@db.internal.net/app", "url-password")] // coop:allow-secret made up for this test
    [InlineData("db.internal.net:5432:app:app:Rk7|xvQz2pLd", "pgpass")] // coop:allow-secret made up for this test
    [InlineData("curl -u app:Rk7|xvQz2pLd https://internal.net", "command-password")] // coop:allow-secret made up for this test
    [InlineData("api_key = \"0f9c|1d7be24a86530fe19d2c7ab48e63\"", "api-key")] // coop:allow-secret made up for this test
    public void What_people_write_is_found(string barred, string kind) =>
        Assert.Equal(
            [kind],
            Scanner.ScanText(barred.Replace("|", "", StringComparison.Ordinal)).Select(finding => finding.Detector)
        );

    [Theory]
    [InlineData("password = \"${DB_PASSWORD}\"")]
    [InlineData("password = \"changeme\"")]
    [InlineData("password = getpass.getpass(\"Password: \")")]
    [InlineData("token = request.headers[\"authorization\"].split(\" \")[1]")]
    [InlineData("api_key = config.get_required(\"billing.api_key\")")]
    [InlineData("password_hash = \"0f9c1d7be24a86530fe19d2c7ab48e63\"")]
    [InlineData("cache_key = \"0f9c1d7be24a86530fe19d2c7ab48e63\"")]
    [InlineData("client_token_id = \"0a9211a3-8ffe-4c9a-b09e-84a4ed9d7006\"")]
    [InlineData("secret = \"projects/acme/secrets/db-password/versions/latest\"")]
    [InlineData("password_label = \"Forgot your password?\"")]
    [InlineData("key_type = \"keyboardShortcutConfigurationManager\"")]
    [InlineData("db_password = \"ENC[AES256_GCM,data:cwMt+S9FNeV3U5yPeaBmxB9X,iv:IPaKgjIuxUMmL0FKt8Rw20C5H018sBTg=,type:str]\"")]
    [InlineData("https://user:pass@example.com/repo.git")]
    [InlineData("#define TLS1_RFC_PSK_WITH_AES_128_CCM \"TLS_PSK_WITH_AES_128_CCM\"")]
    public void What_stands_for_a_secret_is_none(string line) => Assert.Equal([], Scanner.ScanText(line));

    [Fact]
    public void A_checksum_that_does_not_fit_is_no_token()
    {
        var wrong = Token[..^1] + (Token[^1] == 'A' ? 'B' : 'A');
        Assert.DoesNotContain("github-pat", Scanner.ScanText(wrong).Select(finding => finding.Detector));
    }

    [Fact]
    public void A_comment_allows_a_value_when_it_says_why()
    {
        var reasons = Scanner
            .ScanText($"{Token} # coop:allow-secret revoked last year\n{Token} # coop:allow-secret\n{Token}\n")
            .Select(finding => finding.AllowReason);
        Assert.Equal(["revoked last year", null, null], reasons);
    }

    [Fact]
    public void Equal_values_have_equal_digests_wherever_they_stand()
    {
        var findings = Scanner.ScanText($"{Token}\n x {Token}\n{SomeSecrets.OtherGitHubToken}\n");
        Assert.Equal([true, false], [findings[0].Digest == findings[1].Digest, findings[0].Digest == findings[2].Digest]);
    }

    [Theory]
    [InlineData("BEGIN RSA PRIVATE KEY", "\n", true)]
    [InlineData("BEGIN OPENSSH PRIVATE KEY", "\\n", true)]
    [InlineData("BEGIN PUBLIC KEY", "\n", false)]
    [InlineData("BEGIN CERTIFICATE", "\n", false)]
    public void Private_keys_are_told_from_public_ones(string label, string lineEnd, bool isPrivate)
    {
        var body = string.Concat(Enumerable.Range(0, 6).Select(line => SomeSecrets.Letters(64, line) + lineEnd));
        var text = $"k = '-----{label}-----{lineEnd}{body}-----{label.Replace("BEGIN", "END", StringComparison.Ordinal)}-----'";
        Assert.Equal(isPrivate ? ["private-key"] : [], Scanner.ScanText(text).Select(finding => finding.Detector));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
