namespace Coop.Detectors;

/// <summary>How sure a finding is of what it is.</summary>
internal enum SecretTier
{
    /// <summary>A password, a token or a URL with a password, known by its name and the look of its value; never hides a file.</summary>
    Generic,

    /// <summary>A provider's token in the provider's own form, or a private key.</summary>
    Provider,
}
