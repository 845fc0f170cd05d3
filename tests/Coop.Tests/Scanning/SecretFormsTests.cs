using System.Text;
using Xunit;

namespace Coop.Scanning;

/// <summary>Values are put into the texts before they are scanned, so that no file of this project holds what looks like one.</summary>
public class SecretFormsTests
{
    private static readonly SecretScanner Scanner = SecretScanner.Standard();

    public static TheoryData<string, string> Forms =>
        new()
        {
            { "CREATE USER app IDENTIFIED BY '<PASSWORD>';", "password" },
            { "create user app identified by \"<PASSWORD>\";", "password" },
            { "CREATE USER app IDENTIFIED WITH mysql_native_password BY '<PASSWORD>';", "password" },
            { "INSERT INTO users (id, password, name) VALUES (1, '<PASSWORD>', 'x');", "password" },
            { "insert into `a` (`name`, `api_token`)\nvalues ('it''s, b', '<TOKEN>');", "api-key" },
            { "id,user,password\n1,app,<PASSWORD>\n", "password" },
            { "\ufeffid;user;Passwort\r\n1;\"a;b\";\"<PASSWORD>\"\r\n", "password" },
            { "id\tapi_token\n1\t<TOKEN>", "api-key" },
            { "db:\n  password: >-\n    <PASSWORD>\n  host: a\n", "password" },
            { "password: |\n  <PASSWORD>", "password" },
            { "url=jdbc:oracle:thin:app/<PASSWORD>@//db.internal.net:1521/x", "url-password" },
            { "sqlplus app/<PASSWORD>@db", "command-password" },
            { "docker login -u app -p <PASSWORD> registry.internal.net", "command-password" },
            { "podman login --username app --password <PASSWORD> r.internal.net", "password" },
            { "helm registry login -u app -p '<PASSWORD>' r.internal.net", "command-password" },
            { "mysql -u root -p<PASSWORD> db", "command-password" },
            { "sshpass -p '<PASSWORD>' ssh a@b", "command-password" },
            { "curl --user \"app:<PASSWORD>\" https://x.internal.net", "command-password" },
            { "sqlcmd -S srv -U sa -P <PASSWORD>", "command-password" },
            { "mongosh -u app -p <PASSWORD> db", "command-password" },
            { "keytool -list -storepass <PASSWORD>", "password" },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_value_is_found_once_in_every_form(string form, string kind)
    {
        var finding = Assert.Single(Scanner.ScanText(Filled(form)));
        Assert.Equal(kind, finding.Detector);
        Assert.Matches(@"^\*\*\*\((12|23|24)\)$", finding.Redacted);
    }

    [Theory]
    [InlineData("CREATE USER app IDENTIFIED BY 'password';")]
    [InlineData("CREATE USER app IDENTIFIED BY '${APP_PASSWORD}';")]
    [InlineData("ALTER USER app IDENTIFIED BY PASSWORD '*0F9C1D7BE24A86530FE19D2C7AB48E63AB12CD34';")]
    [InlineData("it is identified by the name 'utf8Decoder2' of its table")]
    [InlineData("INSERT INTO users (id, password) VALUES (1, '0f9c1d7be24a86530fe19d2c7ab48e63');")]
    [InlineData("INSERT INTO users (id, password) VALUES (1, '$2y$10$Zk3u8QpLw7Rt5vYx1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789');")]
    [InlineData("INSERT INTO users (id, password, name) VALUES (1, NULL, 'Rk7vQz2_pLd9x');")]
    [InlineData("INSERT INTO users (id, password) VALUES (1, crypt('Rk7vQz2_pLd9x', gen_salt('bf')));")]
    [InlineData("id,user,password\n1,app,changeme\n2,b,\n")]
    [InlineData("id,user,password\n1,app\nRk7vQz2_pLd9x\n")]
    [InlineData("import a, b(password), c\n1,Rk7vQz2_pLd9,2\n")]
    [InlineData("password: >-\n  ${DB_PASSWORD}\n")]
    [InlineData("token: |\n  first1Line_Of_9\n  second2Line_Of_9\n")]
    [InlineData("jdbc:oracle:thin:@//db.internal.net:1521/Rk7vQz2_pLd9")]
    [InlineData("jdbc:oracle:thin:scott/tiger@db")]
    [InlineData("docker login -u app -p $REGISTRY_PASSWORD r.internal.net")]
    [InlineData("mysql -p Rk7vQz2_pLd9")]
    public void What_holds_no_value_is_silent(string text) => Assert.Equal([], Scanner.ScanText(text));

    [Theory]
    [InlineData("ä ", 4, 3)]
    [InlineData("日本 ", 8, 4)]
    [InlineData("😀 ", 6, 4)]
    [InlineData("\ufeff", 4, 1)]
    [InlineData("x\t", 3, 3)]
    public void Columns_are_told_in_bytes_and_in_code_units(string before, int bytes, int units)
    {
        var finding = Assert.Single(Scanner.ScanText($"{before}{TestKit.SomeSecrets.GitHubToken}\n"));
        Assert.Equal((bytes, units), (finding.Column, finding.Utf16Column));
    }

    [Fact]
    public void A_byte_that_is_no_character_counts_as_one_code_unit()
    {
        byte[] content = [0xff, (byte)' ', 0xe4, (byte)' ', .. Encoding.ASCII.GetBytes(TestKit.SomeSecrets.GitHubToken)];
        Assert.Equal(5, Assert.Single(Scanner.ScanBlob([], content)).Utf16Column);
    }

    private static string Filled(string text) =>
        text.Replace("<PASSWORD>", "Rk7" + "vQz2_pLd9", StringComparison.Ordinal)
            .Replace("<TOKEN>", "9fQ2xLm7Rk7" + "vQz2pLd9wYt3B", StringComparison.Ordinal);
}
