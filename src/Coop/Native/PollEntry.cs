using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>struct pollfd</c>.</summary>
/// <param name="Descriptor">A negative one is passed over.</param>
/// <param name="Wanted">Bits of <see cref="Poll"/>; errors and hang-ups are always told.</param>
[StructLayout(LayoutKind.Sequential)]
internal record struct PollEntry(int Descriptor, short Wanted)
{
    public short Received;

    public readonly bool HasNews => Received != 0;
}
