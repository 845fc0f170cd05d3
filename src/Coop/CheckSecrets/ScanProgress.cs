using System.Globalization;
using Coop.Terminal;

namespace Coop.CheckSecrets;

/// <summary>One line on a terminal that counts files, when a scan takes over a second; nothing elsewhere.</summary>
internal sealed class ScanProgress(ITerminal terminal, TimeProvider time)
{
    private const string EraseLine = "\r\u001b[K";

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private long started;
    private long last;
    private int total;
    private int done;
    private bool isShown;

    public void Start(int files)
    {
        (started, last, total, done) = (time.GetTimestamp(), 0, files, 0);
    }

    /// <summary>One more file was scanned; from any thread.</summary>
    public void Step()
    {
        var count = Interlocked.Increment(ref done);
        if (!terminal.ErrorIsTerminal || time.GetElapsedTime(started) < Delay)
        {
            return;
        }

        lock (gate)
        {
            if (isShown && time.GetElapsedTime(last) < Interval)
            {
                return;
            }

            last = time.GetTimestamp();
            isShown = true;
            terminal.Error(string.Create(CultureInfo.InvariantCulture, $"{EraseLine}coop: {count} of {total} files"));
        }
    }

    /// <summary>Takes the line away.</summary>
    public void End()
    {
        if (isShown)
        {
            isShown = false;
            terminal.Error(EraseLine);
        }
    }
}
