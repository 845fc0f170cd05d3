using System.Globalization;
using System.Text;
using Coop.Formats;
using Coop.Native;

namespace Coop.Guest;

/// <summary>The box's end of the connection to Coop. When it ends, the box ends: nothing else may keep an agent working that nobody watches.</summary>
internal sealed class Lifeline : IDisposable
{
    // The variables, and a line of its own before and after them.
    private const int MostWaitingBytes = WordList.LimitBytes + (64 * 1024);

    private readonly LineBuffer pending = new(MostWaitingBytes);

    private Lifeline(int descriptor) => Descriptor = descriptor;

    /// <summary>Readable when the host said something or went away.</summary>
    public int Descriptor { get; }

    /// <summary>Null when nobody listens.</summary>
    public static Lifeline? Connect()
    {
        var fd = LocalSocket.Connect(Encoding.ASCII.GetBytes($"{GuestProtocol.LineDirectory}/{GuestProtocol.SocketName}"));
        return fd < 0 ? null : new Lifeline(fd);
    }

    public void Send(string line) => Native.Descriptor.WriteAll(Descriptor, Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Reads once. False when the host is gone.</summary>
    public bool Fill()
    {
        Span<byte> buffer = stackalloc byte[4096];
        var count = Native.Descriptor.Read(Descriptor, buffer);
        return count > 0 && pending.TryAdd(buffer[..count]);
    }

    /// <summary>The next whole line that was read; null when there is none yet.</summary>
    public string? TakeLine() => pending.TakeLine();

    /// <summary>Waits for the word to start and what comes with it; null when the host went away instead.</summary>
    public StartOrder? WaitForGo()
    {
        string? line;
        while ((line = TakeLine()) is null)
        {
            if (!Fill())
            {
                return null;
            }
        }

        var words = line.Split(' ');
        if (
            words is not [GuestProtocol.Go, var length, var rows, var columns]
            || !int.TryParse(length, CultureInfo.InvariantCulture, out var size)
            || size > WordList.LimitBytes
        )
        {
            return null;
        }

        byte[]? message;
        while ((message = pending.Take(size)) is null)
        {
            if (!Fill())
            {
                return null;
            }
        }

        return new StartOrder(WordList.Decode(message), rows, columns);
    }

    public void Dispose() => _ = Unistd.close(Descriptor);
}
