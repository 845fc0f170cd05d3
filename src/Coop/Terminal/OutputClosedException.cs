namespace Coop.Terminal;

/// <summary>Standard output cannot be written.</summary>
/// <param name="readerGone">The reader of a pipe went away, as <c>head</c> does: nothing to report. Otherwise the output was lost.</param>
/// <param name="reason">The system's words.</param>
internal sealed class OutputClosedException(bool readerGone, string reason) : IOException(reason)
{
    public bool ReaderGone { get; } = readerGone;
}
