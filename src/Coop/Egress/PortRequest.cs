namespace Coop.Egress;

/// <summary>What is said on a connection to the host's ports before the bytes of both programs: the port as two bytes, big-endian, and one byte back when somebody listens there.</summary>
internal static class PortRequest
{
    public const int Length = 2;

    public static ReadOnlyMemory<byte> Granted { get; } = new byte[] { 1 };
}
