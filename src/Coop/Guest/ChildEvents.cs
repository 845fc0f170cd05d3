using System.Buffers.Binary;
using Coop.Native;

namespace Coop.Guest;

/// <summary>
/// Collects every process that ends below the first one (it inherits all orphans) and tells about the command itself through a pipe: its stops and its
/// end. A thread of its own waits, so that nothing depends on signals.
/// </summary>
internal sealed class ChildEvents
{
    private const int StackBytes = 128 * 1024;

    private readonly int command;
    private readonly int writeEnd;

    public ChildEvents(int command)
    {
        this.command = command;
        (ReadyDescriptor, writeEnd) = Descriptor.Pipe();
        new Thread(Collect, StackBytes) { IsBackground = true, Name = "collect" }.Start();
    }

    /// <summary>Readable when the command stopped or ended.</summary>
    public int ReadyDescriptor { get; }

    /// <summary>The status word of <see cref="Wait"/>; call it when <see cref="ReadyDescriptor"/> is readable.</summary>
    public int Take()
    {
        Span<byte> word = stackalloc byte[4];
        return Descriptor.Read(ReadyDescriptor, word) == 4 ? BinaryPrimitives.ReadInt32LittleEndian(word) : 0;
    }

    private void Collect()
    {
        Span<byte> word = stackalloc byte[4];
        while (true)
        {
            var process = Wait.For(-1, Wait.WUNTRACED, out var status);
            if (process < 0)
            {
                return;
            }

            if (process == command)
            {
                BinaryPrimitives.WriteInt32LittleEndian(word, status);
                Descriptor.WriteAll(writeEnd, word);
            }
        }
    }
}
