namespace Coop.Detectors;

/// <summary>The kinds that code of their own finds: by their structure or by the name before them, whoever issued them.</summary>
internal static class StructuralDetectors
{
    public static SecretDetector PrivateKey { get; } =
        Kind("private-key", "private key", "rfc-editor.org/rfc/rfc7468; OpenSSH PROTOCOL.key", SecretTier.Provider);

    public static SecretDetector JsonWebToken { get; } =
        Kind("jwt", "JSON web token", "rfc-editor.org/rfc/rfc7519", SecretTier.Generic);

    public static SecretDetector ServiceRole { get; } =
        Kind("supabase-service-role", "Supabase service role key", "supabase.com/docs/guides/api/api-keys", SecretTier.Provider);

    public static SecretDetector UrlPassword { get; } =
        Kind("url-password", "password in a URL", "rfc-editor.org/rfc/rfc3986, userinfo", SecretTier.Generic);

    public static SecretDetector BasicHeader { get; } =
        Kind("basic-auth", "name and password of HTTP basic authentication", "rfc-editor.org/rfc/rfc7617", SecretTier.Generic);

    public static SecretDetector BearerHeader { get; } =
        Kind("bearer-token", "bearer token", "rfc-editor.org/rfc/rfc6750", SecretTier.Generic);

    public static SecretDetector CommandLine { get; } =
        Kind("command-password", "password on a command line", "curl.se/docs/manpage.html, --user", SecretTier.Generic);

    public static SecretDetector DockerLogin { get; } =
        Kind("docker-login", "login of a container registry", "docs.docker.com/reference/cli/docker/login", SecretTier.Provider);

    public static SecretDetector KubernetesSecret { get; } =
        Kind(
            "kubernetes-secret",
            "value of a Kubernetes Secret",
            "kubernetes.io/docs/concepts/configuration/secret",
            SecretTier.Generic
        );

    public static SecretDetector PasswordFile { get; } =
        Kind("pgpass", "PostgreSQL password file entry", "postgresql.org/docs/current/libpq-pgpass.html", SecretTier.Generic);

    public static SecretDetector Password { get; } =
        Kind("password", "password", "assignment to a password's name", SecretTier.Generic);

    public static SecretDetector Secret { get; } = Kind("secret", "secret", "assignment to a secret's name", SecretTier.Generic);

    public static SecretDetector Key { get; } =
        Kind("api-key", "API key or token", "assignment to a key's or token's name", SecretTier.Generic);

    public static IReadOnlyList<SecretDetector> All { get; } =
    [
        PrivateKey,
        JsonWebToken,
        ServiceRole,
        UrlPassword,
        BasicHeader,
        BearerHeader,
        CommandLine,
        DockerLogin,
        KubernetesSecret,
        PasswordFile,
        Password,
        Secret,
        Key,
    ];

    private static SecretDetector Kind(string id, string title, string source, SecretTier tier) =>
        new(id, title, "", source, "", "") { Tier = tier };
}
