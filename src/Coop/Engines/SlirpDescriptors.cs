using Coop.Native;
using Coop.Processes;

namespace Coop.Engines;

/// <summary>The descriptors between Coop and one slirp4netns: its signs, its messages, and the namespaces it enters. All are closed with this, but for the end that keeps it alive.</summary>
internal sealed class SlirpDescriptors : IDisposable
{
    public const int ReadyNumber = 10;
    public const int ExitNumber = 11;
    public const int OwnerNumber = 12;
    public const int NetworkNumber = 13;

    private readonly (int Read, int Write) ready = Descriptor.Pipe();
    private readonly (int Read, int Write) exit = Descriptor.Pipe();
    private readonly (int Read, int Write) messages = Descriptor.Pipe();
    private readonly int network;
    private bool keepsAlive;

    public SlirpDescriptors(int boxProcess)
    {
        network = FileControl.OpenToRead($"/proc/{boxProcess}/ns/net");

        // The box's first process stands in a user namespace below the one its network belongs to: bubblewrap makes two.
        Owner = network < 0 ? network : NamespaceOwner.Open(network);
    }

    /// <summary>The user namespace that owns the box's network, or a negative error number.</summary>
    public int Owner { get; }

    public IReadOnlyList<PassedDescriptor> Passed =>
        [
            new(messages.Write, 1),
            new(messages.Write, 2),
            new(ready.Write, ReadyNumber),
            new(exit.Read, ExitNumber),
            new(Owner, OwnerNumber),
            new(network, NetworkNumber),
        ];

    /// <summary>Waits for the byte it writes when the network is up.</summary>
    public bool WaitUntilReady(TimeSpan limit)
    {
        // Only its own end may keep the pipe open, or its death would not be noticed.
        _ = Unistd.close(ready.Write);
        _ = Unistd.close(messages.Write);
        Span<PollEntry> entries = [new(ready.Read, Poll.POLLIN)];
        Span<byte> one = stackalloc byte[1];
        return Poll.Wait(entries, (int)limit.TotalMilliseconds) > 0 && Descriptor.Read(ready.Read, one) == 1;
    }

    /// <summary>What it printed; it has ended.</summary>
    public string Messages()
    {
        var buffer = new byte[8192];
        var filled = 0;
        int count;
        while (filled < buffer.Length && (count = Descriptor.Read(messages.Read, buffer.AsSpan(filled))) > 0)
        {
            filled += count;
        }

        return System.Text.Encoding.UTF8.GetString(buffer, 0, filled);
    }

    /// <summary>The end whose closing stops it; from now on the caller's.</summary>
    public int TakeExitPipe()
    {
        keepsAlive = true;
        return exit.Write;
    }

    public void Dispose()
    {
        int[] open = [ready.Read, exit.Read, messages.Read, network, Owner, keepsAlive ? -1 : exit.Write];
        foreach (var descriptor in open)
        {
            if (descriptor >= 0)
            {
                _ = Unistd.close(descriptor);
            }
        }
    }
}
