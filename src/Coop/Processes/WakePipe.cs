using Coop.Native;

namespace Coop.Processes;

/// <summary>A descriptor that becomes readable when another thread says so: what a loop around <c>poll</c> is woken by.</summary>
internal sealed class WakePipe : IDisposable
{
    private readonly (int Read, int Write) pipe = Descriptor.Pipe();

    public int ReadyDescriptor => pipe.Read;

    public void Wake() => _ = Descriptor.WriteAll(pipe.Write, [0]);

    public void Dispose()
    {
        _ = Unistd.close(pipe.Write);
        _ = Unistd.close(pipe.Read);
    }
}
