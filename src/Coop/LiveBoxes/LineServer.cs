using System.Globalization;
using System.Text;
using Coop.Errors;
using Coop.Formats;
using Coop.Native;

namespace Coop.LiveBoxes;

/// <summary>
/// The host's end of the lifeline. It takes one connection, the first process's, and then the socket's name is gone: nothing else in the box can
/// speak to Coop. While this lives the box lives; the kernel closes it with Coop.
/// </summary>
internal sealed class LineServer : IDisposable
{
    // A box says a few words at a time; the longest are the system's reasons for a command that did not start.
    private const int MostWaitingBytes = 64 * 1024;

    private readonly string socketPath;
    private readonly LineBuffer pending = new(MostWaitingBytes);
    private int listener;
    private int line = -1;

    private LineServer(string socketPath, int listener)
    {
        this.socketPath = socketPath;
        this.listener = listener;
    }

    /// <summary>To be polled: the listening socket at first, then the connection; -1 after its end.</summary>
    public int Descriptor => line >= 0 ? line : listener;

    public bool IsConnected => line >= 0;

    /// <summary>The first process as this process's namespace numbers it.</summary>
    public int? BoxProcess { get; private set; }

    public static LineServer Listen(string directory)
    {
        var path = Path.Combine(directory, GuestProtocol.SocketName);

        // The structure of a socket's address holds about a hundred bytes, a state directory can be deeper: go through the directory's descriptor.
        var fd = FileControl.OpenToRead(directory);
        try
        {
            var address = fd >= 0 && OperatingSystem.IsLinux() ? $"/proc/self/fd/{fd}/{GuestProtocol.SocketName}" : path;
            var made = LocalSocket.Listen(Encoding.UTF8.GetBytes(address));
            if (made < 0)
            {
                throw new UserError(
                    $"The box's lifeline '{path}' cannot be made: {Errno.Text(-made)}.",
                    "Free some space, or set XDG_STATE_HOME to a place that can be written."
                );
            }

            // The box's user may be another one; the directory above is the caller's alone.
            File.SetUnixFileMode(
                path,
                UnixFileMode.UserRead
                    | UnixFileMode.UserWrite
                    | UnixFileMode.GroupRead
                    | UnixFileMode.GroupWrite
                    | UnixFileMode.OtherRead
                    | UnixFileMode.OtherWrite
            );
            return new LineServer(path, made);
        }
        finally
        {
            _ = Unistd.close(fd);
        }
    }

    public void Accept()
    {
        line = LocalSocket.Accept(listener);
        if (line < 0)
        {
            return;
        }

        BoxProcess = LocalSocket.PeerProcess(line);
        CloseListener();
    }

    /// <summary>Reads once. False when the box is gone, or says more than Coop's own first process would.</summary>
    public bool Fill()
    {
        Span<byte> buffer = stackalloc byte[4096];
        var count = Native.Descriptor.Read(line, buffer);
        if (count <= 0 || !pending.TryAdd(buffer[..count]))
        {
            Hangup();
            return false;
        }

        return true;
    }

    /// <summary>The next whole line; null when there is none yet.</summary>
    public string? TakeLine() => pending.TakeLine();

    public void Send(string text)
    {
        if (line >= 0)
        {
            Native.Descriptor.WriteAll(line, Encoding.ASCII.GetBytes(text + "\n"));
        }
    }

    /// <summary>Lets the command start, with variables that stand in no argument and in a window of that size.</summary>
    public void SendGo(IReadOnlyList<CString> variables, WindowSize window)
    {
        var message = WordList.Encode(variables);
        Send(string.Create(CultureInfo.InvariantCulture, $"{GuestProtocol.Go} {message.Length} {window.Rows} {window.Columns}"));
        Native.Descriptor.WriteAll(line, message);
    }

    /// <summary>Ends the box: its first process sees the end and goes.</summary>
    public void Hangup()
    {
        CloseListener();
        if (line >= 0)
        {
            _ = Unistd.close(line);
            line = -1;
        }
    }

    public void Dispose() => Hangup();

    private void CloseListener()
    {
        if (listener >= 0)
        {
            _ = Unistd.close(listener);
            listener = -1;
            File.Delete(socketPath);
        }
    }
}
