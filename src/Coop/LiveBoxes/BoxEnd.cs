using Coop.Native;

namespace Coop.LiveBoxes;

/// <summary>
/// Tells when a box has ended, before its engine has: a descriptor of the first process of its PID namespace (pidfd_open(2)). The kernel ends every other process of
/// the namespace before it tells of that one's end (pid_namespaces(7)), so from then on nothing of the box writes into the tree.
/// </summary>
internal sealed class BoxEnd : IDisposable
{
    // The same on every architecture, since Linux 5.3.
    private const uint PidFdOpen = 434;

    private BoxEnd(int descriptor) => Descriptor = descriptor;

    /// <summary>Readable when the box has ended.</summary>
    public int Descriptor { get; }

    /// <summary>Null when the kernel does not tell, or the process is not the first of a namespace: others may then outlive it.</summary>
    /// <param name="process">Alive, as this process's namespace numbers it.</param>
    public static BoxEnd? Watch(int process)
    {
        var descriptor = OperatingSystem.IsLinux() ? (int)RawSystemCall.Make(PidFdOpen, process) : -Errno.ENOSYS;
        if (descriptor < 0)
        {
            return null;
        }

        BoxEnd end = new(descriptor);
        if (IsFirst(process))
        {
            return end;
        }

        end.Dispose();
        return null;
    }

    public void Dispose() => _ = Unistd.close(Descriptor);

    // proc_pid_status(5): NSpid: its number in this namespace, and in each below down to its own.
    private static bool IsFirst(int process) =>
        ProcessFile.Row(process, "status", "NSpid:")?.Split('\t', StringSplitOptions.RemoveEmptyEntries) is [_, .., "1"];
}
