using System.Net;
using System.Net.Sockets;

namespace Coop.StaticProbe;

/// <summary>Says on 127.0.0.1, port 53, that every name has this one IPv4 address, until it is disposed.</summary>
internal sealed class NameServer : IDisposable
{
    private const int HeaderLength = 12;
    private const byte TypeA = 1;

    private readonly byte[] address;
    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 53));

    public NameServer(IPAddress address) => this.address = address.GetAddressBytes();

    public async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var question = await socket.ReceiveAsync();
                await socket.SendAsync(Answer(question.Buffer), question.RemoteEndPoint);
            }
        }
        catch (Exception cause) when (cause is ObjectDisposedException or SocketException)
        {
            // Disposed.
        }
    }

    public void Dispose() => socket.Dispose();

    // RFC 1035, 4.1: header and question as they came, then one record that points to the question's name.
    private byte[] Answer(byte[] query)
    {
        var end = HeaderLength;
        while (query[end] != 0)
        {
            end += query[end] + 1;
        }
        var asked = query[end + 2];
        byte[] answer = [.. query[..(end + 5)]];
        (answer[2], answer[3]) = (0x81, 0x80);
        Array.Clear(answer, 6, 6);
        if (asked != TypeA)
        {
            return answer;
        }
        answer[7] = 1;
        return [.. answer, 0xC0, HeaderLength, 0, TypeA, 0, 1, 0, 0, 0, 60, 0, 4, .. address];
    }
}
