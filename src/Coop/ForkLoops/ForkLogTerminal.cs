using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Native;
using Coop.Terminal;
using Microsoft.Win32.SafeHandles;

namespace Coop.ForkLoops;

/// <summary>
/// The streams of a Coop in the background, which are its fork's log: when that is full, a new part of it begins, and they lead there. Everything that this process writes
/// goes by the numbers of its streams, whoever writes it.
/// </summary>
/// <param name="inner">Writes to <paramref name="streams"/>.</param>
/// <param name="streams">Their numbers.</param>
/// <param name="mostBytes">Of one part.</param>
internal sealed class ForkLogTerminal(ITerminal inner, ForkLog log, IReadOnlyList<int> streams, long mostBytes) : ITerminal
{
    // A part ends at the end of a line, unless none comes.
    private const long MostBehind = 1 << 20;

    private readonly Lock gate = new();
    private long tryAgainAt;

    public bool InputIsTerminal => inner.InputIsTerminal;

    public bool OutputIsTerminal => inner.OutputIsTerminal;

    public bool ErrorIsTerminal => inner.ErrorIsTerminal;

    public bool ErrorHasColor => inner.ErrorHasColor;

    public void Out(string text) => inner.Out(text);

    public string? ReadLine() => inner.ReadLine();

    public void Error(string text)
    {
        inner.Error(text);
        lock (gate)
        {
            var length = Length();
            if (length >= Math.Max(mostBytes, tryAgainAt) && (text.EndsWith('\n') || length >= mostBytes + MostBehind))
            {
                tryAgainAt = Turn() ? 0 : length + MostBehind;
            }
        }
    }

    private long Length()
    {
        using SafeFileHandle own = new(streams[0], ownsHandle: false);
        return RandomAccess.GetLength(own);
    }

    private bool Turn()
    {
        try
        {
            using var next = log.Turn();
            foreach (var stream in streams)
            {
                _ = Unistd.dup2((int)next.DangerousGetHandle(), stream);
            }

            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or UserError)
        {
            // A disk that is full, for instance: the log that is there goes on.
            return false;
        }
    }
}
