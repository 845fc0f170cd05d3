using System.Runtime.InteropServices;
using Coop.Native;

namespace Coop.Shadowing;

/// <summary>
/// 64 bits that are others when a file was changed, renamed or replaced: of its name, size, inode, device, and the times of its last change, of which nobody can set back
/// the inode's. Not a digest against an adversary: whoever could choose a collision wrote the file.
/// </summary>
internal static class FileKey
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xC2B2AE3D27D4EB4F;

    public static ulong Of(ReadOnlySpan<byte> name, FileStatus status)
    {
        var key = First;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(name))
        {
            key = Mix(key, word);
        }

        foreach (var value in name[(name.Length & ~7)..])
        {
            key = Mix(key, value);
        }

        key = Mix(key, (ulong)name.Length);
        key = Mix(key, (ulong)status.Size);
        key = Mix(key, status.Inode);
        key = Mix(key, status.Device);
        key = Mix(key, (ulong)status.Modified);
        return Mix(key, (ulong)status.Changed);
    }

    private static ulong Mix(ulong key, ulong word)
    {
        key = ulong.RotateLeft(key ^ (word * Second), 29) * First;
        return key ^ (key >> 32);
    }
}
