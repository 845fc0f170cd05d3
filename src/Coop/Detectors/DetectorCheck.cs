namespace Coop.Detectors;

/// <summary>What a value must stand besides its form.</summary>
internal enum DetectorCheck
{
    None,

    /// <summary>Its last six characters are the CRC-32 of those before, in base 62: how GitHub and npm end their tokens.</summary>
    Crc62,

    /// <summary>A signature of 32 bytes in base64, percent-encoded or not.</summary>
    SasSignature,

    /// <summary>Base64 of <c>name:secret</c>.</summary>
    BasicPair,

    /// <summary>Not a variable or a placeholder.</summary>
    NotReference,
}
