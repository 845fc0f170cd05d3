using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coop.Scanning;

/// <summary>
/// Finds the places where one of several hundred short texts stands, in one pass: a bitmap over a hash of four bytes, in which letters have
/// lost their case, rules out nearly every place with one load, and what it lets through is compared.
/// </summary>
internal sealed class AnchorIndex
{
    private const int Window = 4;
    private const uint Fold = 0x20202020;
    private const uint Multiplier = 0x9E3779B1;
    private const int HashBits = 16;

    private readonly ulong[] bitmap = new ulong[(1 << HashBits) / 64];
    private readonly ushort[] bucketOf = new ushort[1 << HashBits];
    private readonly List<int[]> buckets =
    [
        [],
    ];
    private readonly byte[][] anchors;
    private readonly bool[] ignoresCase;

    /// <param name="anchors">At least three bytes each; those that ignore case are lower case.</param>
    public AnchorIndex(IReadOnlyList<(byte[] Text, bool IgnoresCase)> anchors)
    {
        this.anchors = [.. anchors.Select(anchor => anchor.Text)];
        ignoresCase = [.. anchors.Select(anchor => anchor.IgnoresCase)];
        Dictionary<uint, List<int>> byHash = [];
        for (var index = 0; index < anchors.Count; index++)
        {
            foreach (var hash in Hashes(this.anchors[index]))
            {
                var bucket = CollectionsMarshal.GetValueRefOrAddDefault(byHash, hash, out _) ??= [];
                if (bucket.Count == 0 || bucket[^1] != index)
                {
                    bucket.Add(index);
                }
            }
        }

        foreach (var (hash, bucket) in byHash)
        {
            bitmap[hash >> 6] |= 1UL << (int)(hash & 63);
            bucketOf[hash] = (ushort)buckets.Count;
            buckets.Add([.. bucket]);
        }
    }

    /// <summary>The next place at or behind a position where an anchor may stand.</summary>
    /// <param name="candidates">The anchors that may stand there.</param>
    /// <returns>-1 when there is none.</returns>
    public int Next(ReadOnlySpan<byte> text, int start, out ReadOnlySpan<int> candidates)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        ref var bits = ref MemoryMarshal.GetArrayDataReference(bitmap);
        var at = start;
        for (var last = text.Length - Window; at <= last; at++)
        {
            var hash = Hash(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, at)));
            if ((Unsafe.Add(ref bits, (int)(hash >> 6)) >> (int)(hash & 63) & 1) != 0)
            {
                candidates = buckets[bucketOf[hash]];
                return at;
            }
        }

        // The last bytes, shorter than the window.
        for (; at <= text.Length - (Window - 1); at++)
        {
            var hash = Hash((uint)(text[at] | text[at + 1] << 8 | text[at + 2] << 16 | ' ' << 24));
            if (bucketOf[hash] is var bucket && bucket != 0)
            {
                candidates = buckets[bucket];
                return at;
            }
        }

        candidates = [];
        return -1;
    }

    /// <summary>True when this anchor stands here.</summary>
    public bool StandsAt(ReadOnlySpan<byte> text, int at, int anchor)
    {
        var wanted = anchors[anchor];
        if (text.Length - at < wanted.Length)
        {
            return false;
        }

        var there = text.Slice(at, wanted.Length);
        return ignoresCase[anchor] ? System.Text.Ascii.EqualsIgnoreCase(there, wanted) : there.SequenceEqual(wanted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint window) => (window | Fold) * Multiplier >> (32 - HashBits);

    private static IEnumerable<uint> Hashes(byte[] anchor)
    {
        if (anchor.Length < Window - 1)
        {
            throw new ArgumentException("An anchor has three bytes or more.", nameof(anchor));
        }

        var start = (uint)(anchor[0] | anchor[1] << 8 | anchor[2] << 16);
        return anchor.Length >= Window
            ? [Hash(start | (uint)anchor[3] << 24)]
            : Enumerable.Range(0, 256).Select(next => Hash(start | (uint)next << 24)).Distinct();
    }
}
