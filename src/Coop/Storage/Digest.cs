using Blake3;

namespace Coop.Storage;

/// <summary>
/// A BLAKE3 digest, in hexadecimal: collision-resistant like SHA-256, and computed without a cryptographic library to start, which is 2 ms of
/// processor time in every run (docs/performance.md).
/// </summary>
internal sealed class Digest : IDisposable
{
    private Hasher hasher = Hasher.New();

    /// <summary>Of bytes that are there at once: 64 lower-case digits.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(Hasher.Hash(bytes).AsSpan());

    public void Append(ReadOnlySpan<byte> bytes) => hasher.Update(bytes);

    /// <summary>Of everything appended.</summary>
    public string Finish() => Convert.ToHexStringLower(hasher.Finalize().AsSpan());

    public void Dispose() => hasher.Dispose();
}
