using System.Text;
using Coop.Formats;

namespace Coop.Masking;

/// <summary>The built-in names: what is hidden in every repository, and what stays visible though its name resembles one.</summary>
internal static class PathRules
{
    // The one built-in rule that looks at two names.
    private static readonly IgnoreRule DockerConfig = Rule(".docker/config.json");

    private static readonly IgnoreRule[] Rules =
    [
        .. new[]
        {
            ".env",
            ".env.*",
            ".envrc",
            "*.secret",
            "*.secrets",
            "*.tfvars",
            "*.tfvars.json",
            "*.tfstate",
            "*.tfstate.*",
            "*.pem",
            "*.key",
            "*.p12",
            "*.pfx",
            "*.p8",
            "*.ppk",
            "*.jks",
            "*.keystore",
            "*.kdbx",
            "*.ovpn",
            "id_rsa*",
            "id_ed25519*",
            "id_ecdsa*",
            "id_dsa*",
            ".netrc",
            "_netrc",
            ".npmrc",
            ".pypirc",
            ".git-credentials",
            ".htpasswd",
            ".dockercfg",
            ".pgpass",
            ".my.cnf",
            "service-account*.json",
            "serviceAccount*.json",
            "*-credentials.json",
            "application_default_credentials.json",
            "credentials",
            "credentials.json",
            "secrets",
            ".secrets",
            "secrets.json",
            "secrets.y*ml",
            ".aws",
            ".azure",
            ".gcloud",
            ".kube",
            ".ssh",
            ".gnupg",
        }.Select(Rule),
    ];

    private static readonly NameTable Names = new(Rules);

    /// <summary>Every built-in pattern, as a <c>.coopignore</c> would spell it.</summary>
    public static IEnumerable<string> Patterns => Rules.Append(DockerConfig).Select(rule => rule.Pattern.Text);

    /// <summary>The directory name that <c>.docker/config.json</c> needs above the file.</summary>
    public static ReadOnlySpan<byte> DockerDirectory => ".docker"u8;

    /// <summary>The built-in rule for a name that is no template; null when there is none.</summary>
    /// <param name="name">Folded, not empty.</param>
    /// <param name="isInDocker">It lies in a directory called <see cref="DockerDirectory"/>.</param>
    public static IgnoreRule? Match(ReadOnlySpan<byte> name, bool isDirectory, bool isInDocker) =>
        isInDocker && name.SequenceEqual("config.json"u8) ? DockerConfig : Names.Match(name, isDirectory, isTemplate: false);

    /// <summary>A template or a public key by its name.</summary>
    /// <param name="name">Folded.</param>
    public static bool IsTemplate(ReadOnlySpan<byte> name) =>
        name.EndsWith(".example"u8)
        || name.EndsWith(".sample"u8)
        || name.EndsWith(".template"u8)
        || name.EndsWith(".dist"u8)
        || name.EndsWith(".pub"u8);

    private static IgnoreRule Rule(string pattern) =>
        new(IgnorePattern.Parse(Encoding.UTF8.GetBytes(pattern), new TextPlace("built in", 0))!, null, 0);
}
