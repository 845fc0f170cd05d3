using System.Security.Cryptography;
using System.Text;
using Coop.Native;

namespace Coop.Storage;

/// <summary>The id git gives to a file's content: a digest over a header and the bytes, without any conversion.</summary>
internal static class BlobDigest
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>Of a regular file or a link's text; null for anything else and when it cannot be read.</summary>
    /// <param name="directory">Open; the file's own.</param>
    /// <param name="isSha256">The repository's object format.</param>
    public static string? Of(int directory, ReadOnlySpan<byte> name, FileStatus status, byte[]? linkText, bool isSha256)
    {
        if (status.IsLink)
        {
            return linkText is null ? null : Of(linkText, isSha256);
        }

        using var file = SafeFile.TryOpen(directory, name, out var opened);
        if (file is null)
        {
            return null;
        }

        using var digest = Start(opened.Size, isSha256);
        var buffer = new byte[BufferBytes];
        for (long at = 0; ; )
        {
            var count = RandomAccess.Read(file, buffer, at);
            if (count == 0)
            {
                return Convert.ToHexStringLower(digest.GetHashAndReset());
            }

            digest.AppendData(buffer, 0, count);
            at += count;
        }
    }

    /// <summary>Of content at hand.</summary>
    public static string Of(ReadOnlySpan<byte> content, bool isSha256)
    {
        using var digest = Start(content.Length, isSha256);
        digest.AppendData(content);
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static IncrementalHash Start(long size, bool isSha256)
    {
#pragma warning disable CA5350 // git's own choice of digest; it names content here and protects nothing.
        var digest = IncrementalHash.CreateHash(isSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        digest.AppendData(Encoding.ASCII.GetBytes($"blob {size}\0"));
        return digest;
    }
}
