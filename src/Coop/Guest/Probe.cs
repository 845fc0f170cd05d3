using System.Globalization;
using System.Net;
using System.Text;
using Coop.Formats;
using Coop.Native;

namespace Coop.Guest;

/// <summary>
/// Attacks that need more than a shell, made by the one program that is in every box. It does nothing that any program of the box could not do, and what it says is
/// believed only where it says that something was refused while the host saw nothing of it.
/// </summary>
internal static class Probe
{
    private const int Reached = 0;
    private const int NotReached = 1;
    private const int Usage = 2;

    // Where engines and slirp4netns offer the host, besides the gateways and names that the box itself knows.
    private static readonly string[] HostAddresses = ["127.0.0.1", "10.0.2.2", "10.0.2.1", "169.254.1.2", "172.17.0.1"];

    public static int Run(string[] words)
    {
        switch (words)
        {
            case [GuestProtocol.ProbeConnect, var address, var port] when Address(address) is { } to && Number(port) is { } at:
                var answer = ConnectionAttempt.All([to], at)[0];
                Print(answer);
                return answer == GuestProtocol.ProbeReached ? Reached : NotReached;
            case [GuestProtocol.ProbeHost, var port] when Number(port) is { } at:
                return TryHost(at);
            case [GuestProtocol.ProbeSocket, var name]:
                return TrySocket(name);
            case [GuestProtocol.ProbeCalls]:
                ForbiddenCalls.TryAll().ToList().ForEach(call => Print($"{call.Name}: {Answer(call.ErrorNumber)}"));
                return Reached;
            default:
                return Usage;
        }
    }

    private static int TryHost(int port)
    {
        List<uint> addresses =
        [
            .. HostAddresses.Select(Address).OfType<uint>().Concat(Gateways()).Concat(NamedHosts()).Distinct(),
        ];
        var answers = ConnectionAttempt.All(addresses, port);
        foreach (var (address, answer) in addresses.Zip(answers))
        {
            Print($"{Text(address)}: {answer}");
        }

        return answers.Contains(GuestProtocol.ProbeReached, StringComparer.Ordinal) ? Reached : NotReached;
    }

    private static int TrySocket(string name)
    {
        var fd = LocalSocket.Connect([0, .. Encoding.ASCII.GetBytes(name)]);
        Print(fd >= 0 ? GuestProtocol.ProbeReached : Errno.Text(-fd));
        return fd >= 0 ? Reached : NotReached;
    }

    // proc(5): destination, gateway and more as hexadecimal words of the host's byte order.
    private static IEnumerable<uint> Gateways() =>
        Lines("/proc/net/route")
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Where(fields => fields.Length > 2)
            .Select(fields => uint.Parse(fields[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Where(gateway => gateway != 0)
            .Select(gateway =>
                BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(gateway) : gateway
            );

    private static IEnumerable<uint> NamedHosts() =>
        Lines("/etc/hosts").Select(line => line.Split([' ', '\t'], 2)[0]).Select(Address).OfType<uint>();

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    private static uint? Address(string text) =>
        IPAddress.TryParse(text, out var address) && address.GetAddressBytes() is { Length: 4 } bytes
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : null;

    private static string Text(uint address) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}"
        );

    private static int? Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    // A filter answers with one of these two; «no such call» makes programs fall back.
    private static string Answer(int errno) =>
        errno is Errno.EPERM or Errno.ENOSYS ? GuestProtocol.ProbeRefused
        : errno == 0 ? "done"
        : Errno.Text(errno);

    private static void Print(string line) => Descriptor.WriteAll(1, Encoding.UTF8.GetBytes(line + "\n"));
}
