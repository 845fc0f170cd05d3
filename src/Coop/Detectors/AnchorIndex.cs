using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coop.Detectors;

/// <summary>
/// Finds the places where one of several hundred short texts stands, in one pass: a bitmap over a hash of four bytes, in which letters have
/// lost their case, rules out nearly every place with one load, and what it lets through is compared. Anchors of three bytes have a bitmap of their own: in the other one each would take up two hundred hashes.
/// </summary>
internal sealed class AnchorIndex
{
    private const int Window = 4;
    private const uint Fold = 0x20202020;
    private const uint ShortMask = 0x00FFFFFF;
    private const uint Multiplier = 0x9E3779B1;
    private const int HashBits = 16;

    private readonly ulong[] bitmap = new ulong[(1 << HashBits) / 64];
    private readonly ulong[] shortBitmap = new ulong[(1 << HashBits) / 64];
    private readonly ushort[] bucketOf = new ushort[1 << HashBits];
    private readonly ushort[] shortBucketOf = new ushort[1 << HashBits];
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
        Fill(anchor => anchor.Length >= Window, Window, bitmap, bucketOf);
        Fill(anchor => anchor.Length < Window, Window - 1, shortBitmap, shortBucketOf);
    }

    private void Fill(Func<byte[], bool> isWanted, int window, ulong[] bits, ushort[] bucketOfHash)
    {
        Dictionary<uint, List<int>> byHash = [];
        for (var index = 0; index < anchors.Length; index++)
        {
            if (isWanted(anchors[index]))
            {
                var hash = window == Window ? Hash(Word(anchors[index], window)) : ShortHash(Word(anchors[index], window));
                (CollectionsMarshal.GetValueRefOrAddDefault(byHash, hash, out _) ??= []).Add(index);
            }
        }

        foreach (var (hash, bucket) in byHash)
        {
            bits[hash >> 6] |= 1UL << (int)(hash & 63);
            bucketOfHash[hash] = (ushort)buckets.Count;
            buckets.Add([.. bucket]);
        }
    }

    /// <summary>The next place at or behind a position where an anchor may stand.</summary>
    /// <param name="candidates">The anchors that may stand there.</param>
    /// <returns>-1 when there is none.</returns>
    public int Next(ReadOnlySpan<byte> text, int start, out Candidates candidates)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        ref var bits = ref MemoryMarshal.GetArrayDataReference(bitmap);
        ref var shortBits = ref MemoryMarshal.GetArrayDataReference(shortBitmap);
        var at = start;
        for (var last = text.Length - Window; at <= last; at++)
        {
            var word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, at));
            var hash = Hash(word);
            var shortHash = ShortHash(word);
            var isCandidate =
                (Unsafe.Add(ref bits, (int)(hash >> 6)) >> (int)(hash & 63))
                | (Unsafe.Add(ref shortBits, (int)(shortHash >> 6)) >> (int)(shortHash & 63));
            if ((isCandidate & 1) != 0)
            {
                candidates = new Candidates(buckets[bucketOf[hash]], buckets[shortBucketOf[shortHash]]);
                return at;
            }
        }

        // The last bytes, shorter than the window.
        for (; at <= text.Length - (Window - 1); at++)
        {
            var shortHash = ShortHash(Word(text[at..], Window - 1));
            if (shortBucketOf[shortHash] != 0)
            {
                candidates = new Candidates([], buckets[shortBucketOf[shortHash]]);
                return at;
            }
        }

        candidates = default;
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
    private static uint Hash(uint word) => ((word | Fold) * Multiplier) >> (32 - HashBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ShortHash(uint word) => (((word | Fold) & ShortMask) * Multiplier) >> (32 - HashBits);

    private static uint Word(ReadOnlySpan<byte> bytes, int length)
    {
        if (bytes.Length < length)
        {
            throw new ArgumentException("An anchor has three bytes or more.", nameof(bytes));
        }

        var word = 0u;
        for (var at = 0; at < length; at++)
        {
            word |= (uint)bytes[at] << (8 * at);
        }

        return word;
    }

    /// <summary>Anchors that may stand at a place: those of four bytes and more, and the short ones.</summary>
    internal readonly ref struct Candidates(ReadOnlySpan<int> longer, ReadOnlySpan<int> shorter)
    {
        public ReadOnlySpan<int> Longer { get; } = longer;

        public ReadOnlySpan<int> Shorter { get; } = shorter;
    }
}
