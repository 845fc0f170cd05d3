using Coop.Native;

namespace Coop.Processes;

/// <summary>A pipe that a program writes to and a thread of ours empties, so that the program never waits for whoever waits for the program.</summary>
internal sealed class ReadPipe : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int ReaderStackBytes = 256 * 1024;

    // The writers have ended when this is waited for; only a program that escaped them could still hold the pipe.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly Action<ReadOnlyMemory<byte>> take;
    private readonly Thread reader;
    private readonly int readEnd;
    private int writeEnd;

    /// <param name="take">Gets what was written, on the thread of this pipe, and nothing at the end; the bytes are only lent.</param>
    public ReadPipe(string name, Action<ReadOnlyMemory<byte>> take)
    {
        this.take = take;
        (readEnd, writeEnd) = Native.Descriptor.Pipe();
        reader = new Thread(ReadAll, ReaderStackBytes) { IsBackground = true, Name = name };
        reader.Start();
    }

    /// <summary>To be handed to the program.</summary>
    public int Descriptor => writeEnd;

    /// <summary>Waits until the last writer has gone and everything was taken.</summary>
    public void Finish()
    {
        Dispose();
        _ = reader.Join(EndLimit);
    }

    public void Dispose()
    {
        if (writeEnd >= 0)
        {
            _ = Unistd.close(writeEnd);
            writeEnd = -1;
        }
    }

    private void ReadAll()
    {
        var buffer = new byte[BufferBytes];
        int count;
        while ((count = Native.Descriptor.Read(readEnd, buffer)) > 0)
        {
            take(buffer.AsMemory(0, count));
        }

        take(ReadOnlyMemory<byte>.Empty);
        _ = Unistd.close(readEnd);
    }
}
