using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>What the C library and OpenSSL inside a static executable must be told: they take the machine they were built on for the one they run on.</summary>
/// <remarks>Reasons and measurements: docs/decisions/static-libraries.md. Proof: tests/Coop.StaticProbe, which is compiled with this file.</remarks>
internal static unsafe partial class StaticLibraries
{
    private const int R_OK = 4;

    /// <summary>Every authority in one file: Debian and Alpine, Fedora, openSUSE, RHEL, and Alpine with nothing but its base.</summary>
    private static readonly byte[][] Bundles =
    [
        [.. "/etc/ssl/certs/ca-certificates.crt\0"u8],
        [.. "/etc/pki/tls/certs/ca-bundle.crt\0"u8],
        [.. "/etc/ssl/ca-bundle.pem\0"u8],
        [.. "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem\0"u8],
        [.. "/etc/ssl/cert.pem\0"u8],
    ];

    // nss.h: replaces what /etc/nsswitch.conf says of one database.
    [LibraryImport("libc")]
    private static partial int __nss_configure_lookup(byte* database, byte* services);

    [LibraryImport("libc")]
    private static partial byte* getenv(byte* name);

    [LibraryImport("libc")]
    private static partial int setenv(byte* name, byte* value, int overwrite);

    [LibraryImport("libc")]
    private static partial int access(byte* path, int mode);

    /// <summary>To be called before the first look-up of a name and the first connection, and after the variables for child processes were read: it sets some for this process alone.</summary>
    /// <exception cref="InvalidOperationException">The C library does not know these services.</exception>
    public static void AdaptToHost()
    {
        // Modules that /etc/nsswitch.conf and openssl.cnf name belong to the host's libraries. Beside other versions of them they crash.
        LookUpOnlyBy("hosts\0"u8, "files dns\0"u8);
        LookUpOnlyBy("passwd\0"u8, "files\0"u8);
        LookUpOnlyBy("group\0"u8, "files\0"u8);
        LookUpOnlyBy("initgroups\0"u8, "files\0"u8);
        Set("OPENSSL_CONF\0"u8, "/dev/null\0"u8);
        if (!IsSet("SSL_CERT_FILE\0"u8) && !IsSet("SSL_CERT_DIR\0"u8) && Array.Find(Bundles, IsReadable) is { } bundle)
        {
            Set("SSL_CERT_FILE\0"u8, bundle);
        }
    }

    private static void LookUpOnlyBy(ReadOnlySpan<byte> database, ReadOnlySpan<byte> services)
    {
        fixed (byte* name = database)
        fixed (byte* list = services)
        {
            if (__nss_configure_lookup(name, list) != 0)
            {
                throw new InvalidOperationException("The C library does not know the services that names are looked up by.");
            }
        }
    }

    private static bool IsReadable(byte[] path)
    {
        fixed (byte* start = path)
        {
            return access(start, R_OK) == 0;
        }
    }

    private static bool IsSet(ReadOnlySpan<byte> variable)
    {
        fixed (byte* name = variable)
        {
            return getenv(name) is not null;
        }
    }

    private static void Set(ReadOnlySpan<byte> variable, ReadOnlySpan<byte> value)
    {
        fixed (byte* name = variable)
        fixed (byte* text = value)
        {
            _ = setenv(name, text, 1);
        }
    }
}
