using Microsoft.Win32.SafeHandles;

namespace Coop.ForkKeeping;

/// <summary>One part of a fork's log, open for reading.</summary>
/// <param name="Number">Among all there were, from 1.</param>
/// <param name="HeadLength">Bytes of the line that says so.</param>
/// <param name="Length">In bytes, when it was opened.</param>
internal sealed record ForkLogPart(SafeFileHandle File, int Number, int HeadLength, long Length) : IDisposable
{
    /// <summary>Where to begin for somebody who has seen up to a place; a part that follows on another goes on without its head.</summary>
    /// <param name="seen">Null: nothing yet.</param>
    public long StartFor((int Part, long At)? seen) =>
        seen is not var (part, at) ? 0
        : part == Number ? (at <= Length ? at : 0)
        : part == Number - 1 ? HeadLength
        : 0;

    public void Dispose() => File.Dispose();
}
