namespace Coop.Scanning;

/// <summary>The checksum of ISO 3309, as in gzip and PNG; the framework has none that is built in.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? (sum >> 1) ^ Polynomial : sum >> 1;
            }
        }

        return ~sum;
    }
}
