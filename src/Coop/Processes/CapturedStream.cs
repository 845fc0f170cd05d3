using Coop.Native;

namespace Coop.Processes;

/// <summary>
/// A pipe that a program writes to and a thread of ours empties, so that the program never waits for whoever waits for the program. What exceeds the bound is
/// read and dropped.
/// </summary>
internal sealed class CapturedStream : IDisposable
{
    private const int ReaderStackBytes = 128 * 1024;

    // The writers have ended when this is waited for; only a program that escaped them could still hold the pipe.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly MemoryStream content = new();
    private readonly Thread reader;
    private readonly int mostBytes;
    private readonly int readEnd;
    private int writeEnd;

    public CapturedStream(int mostBytes)
    {
        this.mostBytes = mostBytes;
        (readEnd, writeEnd) = Native.Descriptor.Pipe();
        reader = new Thread(ReadAll, ReaderStackBytes) { IsBackground = true, Name = "capture" };
        reader.Start();
    }

    /// <summary>To be handed to the program.</summary>
    public int Descriptor => writeEnd;

    /// <summary>What was written, after the last writer has gone.</summary>
    public byte[] Finish()
    {
        CloseWriteEnd();
        _ = reader.Join(EndLimit);
        lock (gate)
        {
            return content.ToArray();
        }
    }

    public void Dispose() => CloseWriteEnd();

    private void CloseWriteEnd()
    {
        if (writeEnd >= 0)
        {
            _ = Unistd.close(writeEnd);
            writeEnd = -1;
        }
    }

    private void ReadAll()
    {
        var buffer = new byte[32 * 1024];
        int count;
        while ((count = Native.Descriptor.Read(readEnd, buffer)) > 0)
        {
            lock (gate)
            {
                content.Write(buffer, 0, (int)Math.Min(count, mostBytes - content.Length));
            }
        }

        _ = Unistd.close(readEnd);
    }
}
