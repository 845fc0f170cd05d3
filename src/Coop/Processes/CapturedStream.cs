namespace Coop.Processes;

/// <summary>Keeps what a program writes. What exceeds the bound is read and dropped.</summary>
internal sealed class CapturedStream : IDisposable
{
    private readonly Lock gate = new();
    private readonly MemoryStream content = new();
    private readonly ReadPipe pipe;
    private readonly int mostBytes;

    public CapturedStream(int mostBytes)
    {
        this.mostBytes = mostBytes;
        pipe = new ReadPipe("capture", Take);
    }

    /// <summary>To be handed to the program.</summary>
    public int Descriptor => pipe.Descriptor;

    /// <summary>What was written, after the last writer has gone.</summary>
    public byte[] Finish()
    {
        pipe.Finish();
        lock (gate)
        {
            return content.ToArray();
        }
    }

    public void Dispose() => pipe.Dispose();

    private void Take(ReadOnlyMemory<byte> bytes)
    {
        lock (gate)
        {
            content.Write(bytes.Span[..(int)Math.Min(bytes.Length, mostBytes - content.Length)]);
        }
    }
}
