using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Coop.BoxTests.TestKit;

/// <summary>A server on the loopback that shakes hands by TLS 1.3 alone, with a certificate of an authority made for it.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    /// <summary>The only name that the certificate is for.</summary>
    public const string Name = "server.test";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 authority;
    private readonly X509Certificate2 certificate;
    private readonly Task serving;

    private TlsServer(X509Certificate2 authority, X509Certificate2 certificate)
    {
        this.authority = authority;
        this.certificate = certificate;
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What a host that believes this server has in its bundle, in PEM.</summary>
    public string Authority => authority.ExportCertificatePem();

    public static TlsServer Start()
    {
        var from = DateTimeOffset.UtcNow.AddDays(-1);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest authorityRequest = new("CN=Coop test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var signer = authorityRequest.CreateSelfSigned(from, from.AddDays(10));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={Name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(signer, from, from.AddDays(9), RandomNumberGenerator.GetBytes(8));
        return new TlsServer(signer, signed.CopyWithPrivateKey(key));
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        certificate.Dispose();
        authority.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                await ShakeHandsAsync(client);
            }
            catch (Exception cause) when (cause is AuthenticationException or IOException)
            {
                // The client does not believe us: what some tests are about.
            }
            catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ShakeHandsAsync(TcpClient client)
    {
        await using SslStream stream = new(client.GetStream());
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.Tls13 }
        );
        // Until the client hangs up: it judges the certificate after our part of the handshake is done.
        _ = await stream.ReadAsync(new byte[1]);
    }
}
