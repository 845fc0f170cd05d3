namespace Coop.Masking;

/// <summary>
/// Names that editors and backup habits leave beside a file and that hold its content: <c>name~</c>, <c>name.~1~</c>, <c>name.bak</c>,
/// <c>.old</c>, <c>.orig</c>, <c>.save</c>, <c>.swp</c> (vim's <c>.name.swp</c> too, and its next letters), <c>.name.un~</c>, <c>#name#</c>,
/// <c>.#name</c>, and the two names of a JetBrains safe write.
/// </summary>
internal static class LeftOver
{
    /// <summary>How many marks a name can carry, one on the other (<c>.env.bak~</c>); more are not taken off.</summary>
    public const int MostMarks = 4;

    /// <summary>Takes one mark off a folded name.</summary>
    /// <param name="original">The name that it was made from.</param>
    /// <param name="other">A second name that it may have been made from (vim puts a dot before); empty when there is none.</param>
    public static bool TryStrip(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> original, out ReadOnlySpan<byte> other)
    {
        other = [];
        original = [];
        if (name.StartsWith(".#"u8) && name.Length > 2)
        {
            original = name[2..];
            return true;
        }

        // The last byte first: nearly every name ends here.
        switch (name[^1])
        {
            case (byte)'#' when name[0] == (byte)'#' && name.Length > 2:
                original = name[1..^1];
                return true;
            case (byte)'k':
                return TryStripEnd(name, ".bak"u8, out original);
            case (byte)'d':
                return TryStripEnd(name, ".old"u8, out original);
            case (byte)'g':
                return TryStripEnd(name, ".orig"u8, out original);
            case (byte)'e':
                return TryStripEnd(name, ".save"u8, out original);
            case (byte)'_':
                return TryStripEnd(name, "___jb_tmp___"u8, out original) || TryStripEnd(name, "___jb_old___"u8, out original);
            case (byte)'~' when !TryStripEnd(name, ".un~"u8, out original):
                return TryStripTilde(name, out original);
            case (byte)'~'
            or (>= (byte)'l' and <= (byte)'p')
            or (byte)'x' when original.Length > 0 || TryStripSwap(name, out original):
                other = original is [(byte)'.', _, ..] ? original[1..] : [];
                return true;
            default:
                return false;
        }
    }

    // vim counts down from .swp; other ends (.svg, .swf) belong to other programs.
    private static bool TryStripSwap(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> original)
    {
        var isSwap = name.Length > 4 && name[^4..^1].SequenceEqual(".sw"u8);
        original = isSwap ? name[..^4] : [];
        return isSwap;
    }

    private static bool TryStripTilde(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> original)
    {
        if (!TryStripEnd(name, "~"u8, out original))
        {
            return false;
        }

        var number = original.TrimEnd("0123456789"u8);
        if (number.Length < original.Length)
        {
            original = TryStripEnd(number, ".~"u8, out var numbered) ? numbered : original;
        }

        return true;
    }

    private static bool TryStripEnd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> end, out ReadOnlySpan<byte> original)
    {
        var isMarked = name.Length > end.Length && name.EndsWith(end);
        original = isMarked ? name[..^end.Length] : [];
        return isMarked;
    }
}
