using System.Text;
using Coop.Storage;

namespace Coop.Configuration;

/// <summary>
/// The certificate authorities that somebody added to the host (a company's proxy): without them nothing in an image or a box could use TLS there. They are public.
/// </summary>
internal static class HostCertificates
{
    private const int FileLimitBytes = 1 << 20;
    private const int MostFiles = 100;

    // Where Debian, Fedora, Arch and SUSE take them from.
    private static readonly string[] Places =
    [
        "/usr/local/share/ca-certificates",
        "/etc/pki/ca-trust/source/anchors",
        "/etc/ca-certificates/trust-source/anchors",
        "/etc/pki/trust/anchors",
    ];

    /// <summary>Their contents, as PEM text, in the order of their paths.</summary>
    public static IReadOnlyList<string> Read() => ReadFrom(Places);

    internal static IReadOnlyList<string> ReadFrom(IEnumerable<string> places) =>
        [
            .. places
                .Where(Directory.Exists)
                .SelectMany(place =>
                    Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                )
                .Take(MostFiles)
                .Select(ReadOne)
                .OfType<string>()
                .Distinct(),
        ];

    private static string? ReadOne(string path)
    {
        try
        {
            var text = Encoding.UTF8.GetString(BoundedFile.Read(path, FileLimitBytes) ?? []);
            return text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) ? text : null;
        }
        catch (IOException)
        {
            // Not for us to read, so not in force for this user either.
            return null;
        }
    }
}
