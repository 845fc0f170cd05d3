using Coop.Storage;

namespace Coop.Masking;

/// <summary>Why a path is hidden, for people and for what is remembered.</summary>
/// <param name="Rule">The pattern as it is written; for a special file what it is ("a FIFO"); for content the kind of secret.</param>
internal sealed record HiddenReason(HiddenCause Cause, string Rule)
{
    /// <summary>The <c>.coopignore</c> that holds the rule; null for built-in rules.</summary>
    public BytePath? File { get; init; }

    /// <summary>Counts from 1; 0 without a file.</summary>
    public int Line { get; init; }

    /// <summary>The path that the rule matched, when it is another one: the first name, the link, the path at that time.</summary>
    public BytePath? Via { get; init; }
}
