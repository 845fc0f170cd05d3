using Coop.Storage;

namespace Coop.Masking;

/// <summary>What a tree hides, as one walk found it.</summary>
internal sealed record HiddenPaths
{
    /// <summary>Sorted by the bytes of the path; nothing below a hidden directory.</summary>
    public required IReadOnlyList<HiddenPath> Hidden { get; init; }

    /// <summary>FIFOs, sockets and devices outside hidden directories, whatever their name; sorted by the bytes of the path.</summary>
    public required IReadOnlyList<HiddenPath> Special { get; init; }

    /// <summary>The <c>.coopignore</c> files outside hidden directories; sorted by their bytes.</summary>
    public required IReadOnlyList<BytePath> RuleFiles { get; init; }

    /// <summary>Everything but directories, hidden directories included.</summary>
    public required int FilesSeen { get; init; }

    /// <summary>Every hidden file and directory, those below hidden directories included: what memory keeps.</summary>
    public required IReadOnlyList<HiddenIdentity> Identities { get; init; }

    /// <summary>Every rule of every <c>.coopignore</c> that was read: what memory keeps besides.</summary>
    public required IReadOnlyList<IgnoreRule> IgnoreRules { get; init; }

    /// <summary>The rules as they were read, to judge names that appear later.</summary>
    public required NameRules Rules { get; init; }

    /// <summary>Why this path is not shown: itself or a directory above it; null when it is shown.</summary>
    public HiddenPath? Find(BytePath path)
    {
        for (var at = path; ; at = at.Parent)
        {
            if (FindExactly(Hidden, at) is { } found)
            {
                return found;
            }

            if (at.IsEmpty)
            {
                return FindExactly(Special, path);
            }
        }
    }

    private static HiddenPath? FindExactly(IReadOnlyList<HiddenPath> sorted, BytePath path)
    {
        var (low, high) = (0, sorted.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = sorted[middle].Path.CompareTo(path);
            if (order == 0)
            {
                return sorted[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }
}
