namespace Coop.Detectors;

/// <summary>What an anchor announces.</summary>
internal enum AnchorRole
{
    /// <summary>A provider's token.</summary>
    Token,

    /// <summary>The name of a credential.</summary>
    Name,

    Url,
    PrivateKey,
    PuttyKey,
    JsonWebToken,
    Header,
    CommandLine,
    Kubernetes,
    PasswordFile,
    OracleUrl,
    Identified,
    Insert,

    /// <summary>Two string literals that are joined.</summary>
    Join,
}
