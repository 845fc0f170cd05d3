using System.Globalization;
using System.Text;

namespace Coop.BoxTests.TestKit;

/// <summary>The processes of the host, those of all boxes among them.</summary>
internal static class HostProcesses
{
    /// <summary>The ids of all processes that have this text in their command line.</summary>
    public static IReadOnlyList<int> With(string marker) => Holding("cmdline", marker);

    /// <summary>The ids of all processes that have this text in a variable they were started with; only root may ask it of others'.</summary>
    public static IReadOnlyList<int> WithVariable(string marker) => Holding("environ", marker);

    private static IReadOnlyList<int> Holding(string file, string marker)
    {
        var wanted = Encoding.UTF8.GetBytes(marker);
        return
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id != 0 && id != Environment.ProcessId && Read(file, id).AsSpan().IndexOf(wanted) >= 0),
        ];
    }

    /// <summary>A number for `sleep` that no other test uses: more than an hour.</summary>
    public static string NewMarker() => (10_000_000 + Random.Shared.Next(80_000_000)).ToString(CultureInfo.InvariantCulture);

    private static byte[] Read(string file, int id)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{id}/{file}");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
