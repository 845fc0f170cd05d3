using System.Buffers;
using System.Text;
using Coop.AgentEvents;
using Coop.Processes;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>
/// Reads what an agent's run prints while it runs: its events, the lines that are none, and when it last said anything. Whatever comes (gigabytes, no newline, binary),
/// memory stays bounded: a line beyond the bound is passed over, of the rest only the end is kept.
/// </summary>
internal sealed class AgentListener : IDisposable
{
    private const int TailBytes = 64 * 1024;
    private const int MostLineBytes = 4 << 20;
    private const int MostLines = 2_000;
    private const int MostShownBytes = 4 * 1024;

    private readonly IAgentEventReader reader;
    private readonly TimeProvider time;
    private readonly Action<AgentEvent> hear;
    private readonly Action<string> say;
    private readonly Action pause;
    private readonly ReadPipe pipe;
    private readonly byte[] tail = new byte[TailBytes];
    private readonly ArrayBufferWriter<byte> pending = new(4096);
    private int tailLength;
    private int lines;
    private bool isSkipping;
    private long lastHeard;

    /// <param name="reader">Of the agent's stream; it is only used by the thread of this listener.</param>
    /// <param name="hear">Gets events, on that thread.</param>
    /// <param name="say">Gets lines that are no events, clean, on that thread; at most <see cref="MostLines"/> of them.</param>
    /// <param name="pause">Called on that thread when all that has come was told, before more is waited for.</param>
    public AgentListener(IAgentEventReader reader, TimeProvider time, Action<AgentEvent> hear, Action<string> say, Action pause)
    {
        this.reader = reader;
        this.time = time;
        this.hear = hear;
        this.say = say;
        this.pause = pause;
        lastHeard = time.GetTimestamp();
        pipe = new ReadPipe("agent", Take);
    }

    /// <summary>To be handed to the program.</summary>
    public int Descriptor => pipe.Descriptor;

    /// <summary>When something came last: a timestamp of the given clock.</summary>
    public long LastHeard => Volatile.Read(ref lastHeard);

    /// <summary>The end of what was no event, clean; complete after <see cref="Finish"/>.</summary>
    public string Tail => PlainText.Clean(Encoding.UTF8.GetString(tail, 0, tailLength));

    /// <summary>Waits for the end of what was written.</summary>
    public void Finish() => pipe.Finish();

    public void Dispose() => pipe.Dispose();

    private void Take(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            EndLine(bytes);
        }
        else
        {
            Volatile.Write(ref lastHeard, time.GetTimestamp());
            Split(bytes);
        }

        pause();
    }

    private void Split(ReadOnlyMemory<byte> bytes)
    {
        int end;
        while ((end = bytes.Span.IndexOf((byte)'\n')) >= 0)
        {
            EndLine(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }

        if (isSkipping || pending.WrittenCount + bytes.Length > MostLineBytes)
        {
            isSkipping = true;
            pending.ResetWrittenCount();
        }
        else
        {
            pending.Write(bytes.Span);
        }
    }

    private void EndLine(ReadOnlyMemory<byte> last)
    {
        if (isSkipping)
        {
            isSkipping = false;
            return;
        }

        if (pending.WrittenCount == 0)
        {
            Hear(last);
            return;
        }

        pending.Write(last.Span);
        Hear(pending.WrittenMemory);
        pending.ResetWrittenCount();
    }

    private void Hear(ReadOnlyMemory<byte> line)
    {
        var events = reader.Read(line);
        foreach (var one in events)
        {
            hear(one);
        }

        if (events.Count > 0)
        {
            return;
        }

        Keep(line.Span);
        if (line.Length > 0 && !IsDocument(line.Span) && lines++ < MostLines)
        {
            say(PlainText.CleanLine(Encoding.UTF8.GetString(line.Span[..Math.Min(line.Length, MostShownBytes)])));
        }
    }

    // An event that Coop does not know is nothing for people.
    private bool IsDocument(ReadOnlySpan<byte> line) => reader is not NoEvents && line is [(byte)'{', .., (byte)'}'];

    private void Keep(ReadOnlySpan<byte> line)
    {
        var added = line[Math.Max(0, line.Length - ((tail.Length - 1) / 2))..];
        if (tailLength + added.Length + 1 > tail.Length)
        {
            // Half of it at once: byte by byte every line would move all of it.
            var kept = Math.Min(tailLength, (tail.Length - 1) / 2);
            tail.AsSpan(tailLength - kept, kept).CopyTo(tail);
            tailLength = kept;
        }

        added.CopyTo(tail.AsSpan(tailLength));
        tailLength += added.Length;
        tail[tailLength++] = (byte)'\n';
    }
}
