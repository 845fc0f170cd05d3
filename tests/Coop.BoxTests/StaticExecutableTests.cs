using System.Globalization;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>TLS and names in a static executable, on roots that hold nothing but it and what a test puts there (bubblewrap).</summary>
public class StaticExecutableTests
{
    // With its first instruction the process that loads it ends: what a module of another C library's version does less politely.
    private const string DeadlyModule = """
        __attribute__((constructor)) static void end(void)
        {
            __asm__ volatile("syscall" : : "a"(231), "D"(99));
        }
        """;

    [Theory]
    [InlineData("/etc/ssl/certs/ca-certificates.crt")] // Debian, Alpine
    [InlineData("/etc/pki/tls/certs/ca-bundle.crt")] // Fedora
    [InlineData("/etc/ssl/ca-bundle.pem")] // openSUSE
    [InlineData("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem")] // RHEL
    [InlineData("/etc/ssl/cert.pem")] // Alpine without its bundle
    public async Task A_server_of_an_authority_that_the_host_trusts_is_believed_wherever_the_host_keeps_it(string place)
    {
        await using var server = TlsServer.Start();
        using var root = await EmptyRoot.CreateAsync();
        root.Write(place, server.Authority);
        Assert.Equal($"Tls13 CN={TlsServer.Name}\n", (await ShakeHands(root, server).RunAsync()).Succeeded().Out);
    }

    [Fact]
    public async Task A_server_of_an_unknown_authority_is_refused()
    {
        await using var server = TlsServer.Start();
        await using var other = TlsServer.Start();
        using var root = await EmptyRoot.CreateAsync();
        Refused(await ShakeHands(root, server).RunAsync(), "errors in the certificate chain");
        root.Write("/etc/ssl/certs/ca-certificates.crt", other.Authority);
        Refused(await ShakeHands(root, server).RunAsync(), "errors in the certificate chain");
    }

    [Fact]
    public async Task A_server_that_is_not_the_one_asked_for_is_refused()
    {
        await using var server = TlsServer.Start();
        using var root = await EmptyRoot.CreateAsync();
        root.Write("/etc/ssl/certs/ca-certificates.crt", server.Authority);
        Refused(await ShakeHands(root, server, "other.test").RunAsync(), "RemoteCertificateNameMismatch");
    }

    [Theory]
    [InlineData("SSL_CERT_FILE", "/mine/authority.pem")]
    [InlineData("SSL_CERT_DIR", "/mine")]
    public async Task The_user_s_own_choice_of_authorities_is_honoured(string variable, string value)
    {
        await using var server = TlsServer.Start();
        await using var unwanted = TlsServer.Start();
        using var root = await EmptyRoot.CreateAsync();
        root.Write("/mine/authority.pem", server.Authority);
        root.Write("/etc/pki/tls/certs/ca-bundle.crt", unwanted.Authority);
        (await ShakeHands(root, server).Environment(variable, value).RunAsync()).Succeeded();
        Refused(await ShakeHands(root, unwanted).Environment(variable, value).RunAsync(), "errors in the certificate chain");
    }

    [Fact]
    public async Task No_module_of_the_host_s_openssl_is_loaded()
    {
        await using var server = TlsServer.Start();
        using var root = await EmptyRoot.CreateAsync();
        root.Write("/etc/ssl/certs/ca-certificates.crt", server.Authority);
        await root.CompileModuleAsync("/modules/legacy.so", DeadlyModule);
        root.Write(
            "/usr/lib/ssl/openssl.cnf",
            "openssl_conf=o\n[o]\nproviders=p\n[p]\nlegacy=l\n[l]\nactivate=1\nmodule=/modules/legacy.so\n"
        );
        (await ShakeHands(root, server).RunAsync()).Succeeded();
        var run = ShakeHands(root, server).Environment("OPENSSL_CONF", "/usr/lib/ssl/openssl.cnf");
        (await run.RunAsync()).Succeeded();
    }

    [Fact]
    public async Task Names_are_found_in_etc_hosts()
    {
        using var root = await EmptyRoot.CreateAsync();
        root.Write("/etc/hosts", "127.0.0.1 localhost\n192.0.2.7 somewhere.test\n");
        Assert.Equal("127.0.0.1\n", (await root.Run("name", "localhost").RunAsync()).Succeeded().Out);
        Assert.Equal("192.0.2.7\n", (await root.Run("name", "somewhere.test").RunAsync()).Succeeded().Out);
    }

    [Fact]
    public async Task Names_are_found_on_the_host_as_it_is()
    {
        ProgramRun run = new(Account.Current, [StaticProbe.ExecutablePath, "name", "localhost"]);
        Assert.Contains("127.0.0.1", (await run.RunAsync()).Succeeded().Lines, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Names_are_asked_of_the_name_server_in_etc_resolv_conf()
    {
        using var root = await EmptyRoot.CreateAsync();
        root.Write("/etc/resolv.conf", "nameserver 127.0.0.1\n");
        var run = root.OwnNetwork().Run("name-from-server", "far.test", "192.0.2.9");
        Assert.Equal("192.0.2.9\n", (await run.RunAsync()).Succeeded().Out);
    }

    [Theory]
    [InlineData("name", "somewhere.test", "192.0.2.7\n")]
    [InlineData("user", null, "somebody\n")]
    public async Task No_module_of_the_host_s_name_services_is_loaded(string verb, string? name, string answer)
    {
        using var root = await EmptyRoot.CreateAsync();
        root.Write("/etc/hosts", "192.0.2.7 somewhere.test\n");
        root.Write("/etc/passwd", $"somebody:x:{Account.Current.Uid}:0::/:/bin/sh\n");
        root.Write("/etc/nsswitch.conf", "hosts: deadly files dns\npasswd: deadly files\n");
        // Where static programs look for libraries, whatever the distribution.
        await root.CompileModuleAsync("/lib/x86_64-linux-gnu/libnss_deadly.so.2", DeadlyModule);
        var run = root.Run([verb, .. name is null ? Array.Empty<string>() : [name]]);
        Assert.Equal(answer, (await run.RunAsync()).Succeeded().Out);
    }

    private static ProgramRun ShakeHands(EmptyRoot root, TlsServer server, string name = TlsServer.Name) =>
        root.Run("tls", name, server.Port.ToString(CultureInfo.InvariantCulture));

    private static void Refused(RunResult result, string why) =>
        Assert.Contains(why, result.Ended(1).Error, StringComparison.Ordinal);
}
