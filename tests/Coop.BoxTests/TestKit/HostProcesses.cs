using System.Globalization;
using System.Text;

namespace Coop.BoxTests.TestKit;

/// <summary>The processes of the host, those of all boxes among them.</summary>
internal static class HostProcesses
{
    /// <summary>The ids of all processes that have this text in their command line.</summary>
    public static IReadOnlyList<int> With(string marker)
    {
        var wanted = Encoding.UTF8.GetBytes(marker);
        return
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id != 0 && id != Environment.ProcessId && CommandLineOf(id).AsSpan().IndexOf(wanted) >= 0),
        ];
    }

    /// <summary>A number for `sleep` that no other test uses: more than an hour.</summary>
    public static string NewMarker() => (10_000_000 + Random.Shared.Next(80_000_000)).ToString(CultureInfo.InvariantCulture);

    private static byte[] CommandLineOf(int id)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{id}/cmdline");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
