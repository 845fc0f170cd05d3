using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Coop.Formats;
using Coop.Native;
using Coop.Processes;

namespace Coop.TestKit;

/// <summary>An engine's client and the first process of its box in one: a thread that speaks on the lifeline as it was scripted.</summary>
/// <param name="lineDirectory">Where the lifeline's socket is.</param>
/// <param name="exitCode">Of the engine's client.</param>
/// <param name="play">The box's part; it has ended when this returns.</param>
internal sealed class ScriptedBox(string lineDirectory, int exitCode, Action<ScriptedBox> play) : IChildProcess
{
    private readonly (int Read, int Write) ended = Descriptor.Pipe();
    private readonly List<int> signals = [];
    private Socket? line;
    private Thread? thread;

    public int ProcessId => Environment.ProcessId;

    public int EndedDescriptor => ended.Read;

    /// <summary>What Coop sent to the client.</summary>
    public IReadOnlyList<int> Signals => signals;

    /// <summary>The variables that came with the word to start.</summary>
    public IReadOnlyList<CString> Received { get; private set; } = [];

    /// <summary>Begins to play; called when Coop starts the client.</summary>
    public void Begin()
    {
        thread = new Thread(() =>
        {
            try
            {
                play(this);
            }
            catch (SocketException)
            {
                // Coop hung up, which ends a box.
            }

            line?.Dispose();
            _ = Unistd.close(ended.Write);
        });
        thread.Start();
    }

    public void Connect()
    {
        line = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        line.Connect(new UnixDomainSocketEndPoint(Path.Combine(lineDirectory, GuestProtocol.SocketName)));
    }

    public void Say(string text) => line!.Send(Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>Waits for the word to start and takes its variables; false when Coop hung up instead.</summary>
    public bool WaitForGo()
    {
        StringBuilder text = new();
        var one = new byte[1];
        while (line!.Receive(one) == 1)
        {
            if (one[0] != '\n')
            {
                text.Append((char)one[0]);
                continue;
            }

            var message = new byte[int.Parse(text.ToString().Split(' ')[1], CultureInfo.InvariantCulture)];
            for (var filled = 0; filled < message.Length; )
            {
                filled += line.Receive(message, filled, message.Length - filled, SocketFlags.None);
            }

            Received = WordList.Decode(message);
            return true;
        }

        return false;
    }

    public int WaitForExit()
    {
        thread?.Join();
        return exitCode;
    }

    public bool WaitForExit(TimeSpan limit) => thread?.Join(limit) != false;

    public void Signal(int signal) => signals.Add(signal);

    public void Dispose()
    {
        WaitForExit();
        _ = Unistd.close(ended.Read);
    }
}
