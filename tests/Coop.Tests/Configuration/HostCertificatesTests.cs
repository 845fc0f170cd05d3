using Coop.TestKit;
using Xunit;

namespace Coop.Configuration;

public class HostCertificatesTests
{
    [Fact]
    public void Certificates_are_found_once_each_and_other_files_are_none()
    {
        using TemporaryDirectory directory = new();
        const string First = "-----BEGIN CERTIFICATE-----\none\n-----END CERTIFICATE-----\n";
        const string Second = "-----BEGIN CERTIFICATE-----\ntwo\n-----END CERTIFICATE-----\n";
        directory.Write("a/1.crt", First);
        directory.Write("a/deep/2.pem", Second);
        directory.Write("a/3.crt", First);
        directory.Write("a/README", "text");
        Assert.Equal(
            [First, Second],
            HostCertificates.ReadFrom([directory.PathOf("a"), directory.PathOf("missing")]).Order(StringComparer.Ordinal)
        );
    }
}
