using System.Text;
using Coop.Formats;
using Xunit;

namespace Coop.Masking;

public class PathRulesTests
{
    [Theory]
    [InlineData(".env .ENV .Env.Production .env.local .envrc", "")]
    [InlineData("a.secret a.secrets p.tfvars p.tfvars.json p.tfstate p.tfstate.backup p.tfstate.123.backup", "")]
    [InlineData("a.pem Server.PEM a.key API.Key a.p12 a.pfx a.p8 a.ppk a.jks a.keystore a.kdbx a.ovpn .pem", "")]
    [InlineData("id_rsa id_rsa_work ID_RSA id_ed25519 id_ecdsa_sk id_dsa", "")]
    [InlineData(".netrc _netrc .npmrc .pypirc .git-credentials .htpasswd .dockercfg .pgpass .my.cnf", "")]
    [InlineData("service-account-prod.json service-account.json serviceAccountKey.json gcp-credentials.json", "")]
    [InlineData("application_default_credentials.json credentials credentials.json secrets .secrets secrets.json", "")]
    [InlineData("secrets.yml secrets.yaml .aws .azure .gcloud .kube .ssh .gnupg Secrets", "")]
    [InlineData(
        ".env~ .env.bak credentials~ credentials.~12~ credentials.bak credentials.orig credentials.old credentials.save",
        ""
    )]
    [InlineData(
        "#credentials# .#credentials credentials.swp .credentials.swp ..npmrc.swo ..npmrc.un~ id_rsa.swp a.pem.orig~",
        ""
    )]
    [InlineData("a.pem___jb_tmp___ a.pem___jb_old___ #.npmrc#", "")]
    [InlineData(
        "",
        "env environment .environment a.env secret secrets.xml credentials.md mycredentials keys a.keys a.pem.txt key pem"
    )]
    [InlineData(
        "",
        ".env.example .env.sample .ENV.Template .env.dist id_rsa.pub id_ed25519.PUB server.key.pub a.tfstate.example"
    )]
    [InlineData("", "credentials.svg secrets.sum README~ README.bak #notes# config.json .docker package.json")]
    public void Built_in_names_are_hidden_in_any_case_and_their_left_overs_too(string hidden, string visible)
    {
        Assert.Equal([], Names(hidden).Where(name => Judge(name) is null));
        Assert.Equal([], Names(visible).Where(name => Judge(name) is not null));
    }

    [Fact]
    public void A_docker_configuration_needs_its_directory()
    {
        var docker = DirectoryRules.BuiltIn.Enter(".docker"u8);
        Assert.Equal(".docker/config.json", docker.Judge("config.json"u8, false)?.Pattern.Text);
        Assert.Equal(".docker/config.json", docker.Judge("config.json~"u8, false)?.Pattern.Text);
        Assert.Null(docker.Judge("config.yml"u8, false));
        Assert.Null(docker.Enter("sub"u8).Judge("config.json"u8, false));
    }

    private static string[] Names(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IgnoreRule? Judge(string name) =>
        DirectoryRules.BuiltIn.Judge(NameFold.Fold(Encoding.UTF8.GetBytes(name)), false);
}
