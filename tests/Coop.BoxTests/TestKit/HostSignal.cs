using System.Runtime.InteropServices;

namespace Coop.BoxTests.TestKit;

/// <summary>The signals that end a program, and how to send one.</summary>
internal sealed partial record HostSignal(string Name, int Number)
{
    public static readonly HostSignal Hangup = new("HUP", 1);
    public static readonly HostSignal Interrupt = new("INT", 2);
    public static readonly HostSignal Kill = new("KILL", 9);
    public static readonly HostSignal Terminate = new("TERM", 15);

    public void SendTo(int processId)
    {
        if (SendSignal(processId, Number) != 0)
        {
            throw new InvalidOperationException($"SIG{Name} did not reach process {processId}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
