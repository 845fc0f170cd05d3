using System.Globalization;

namespace Coop.LiveBoxes;

/// <summary>The caps in force on a process, as its cgroup says; null where it says nothing or no limit.</summary>
/// <param name="Memory">Bytes.</param>
internal sealed record CgroupLimits(long? Pids, long? Memory, decimal? Cpus)
{
    private const string Mount = "/sys/fs/cgroup";

    /// <summary>Reads both hierarchies (cgroups(7)); what cannot be read is null.</summary>
    public static CgroupLimits Read(int processId)
    {
        Dictionary<string, string> paths = new(StringComparer.Ordinal);
        try
        {
            foreach (var line in File.ReadLines($"/proc/{processId}/cgroup"))
            {
                if (line.Split(':', 3) is [_, var controllers, var path])
                {
                    foreach (var controller in controllers.Split(','))
                    {
                        paths[controller] = path;
                    }
                }
            }
        }
        catch (IOException)
        {
            return new CgroupLimits(null, null, null);
        }

        return new CgroupLimits(
            Number(ReadFile(paths, "pids", "pids.max")),
            Number(ReadFile(paths, "memory", "memory.limit_in_bytes") ?? ReadFile(paths, "", "memory.max")),
            Processors(
                ReadFile(paths, "cpu", "cpu.cfs_quota_us"),
                ReadFile(paths, "cpu", "cpu.cfs_period_us"),
                ReadFile(paths, "", "cpu.max")
            )
        );
    }

    // The controller's own hierarchy (version 1), else the unified one, whose controllers' list is empty.
    private static string? ReadFile(Dictionary<string, string> paths, string controller, string name)
    {
        foreach (var key in (string[])[controller, ""])
        {
            if (!paths.TryGetValue(key, out var path))
            {
                continue;
            }

            foreach (var root in key.Length > 0 ? (string[])[$"{Mount}/{key}"] : [Mount, $"{Mount}/unified"])
            {
                try
                {
                    var file = $"{root}{path}/{name}";
                    if (File.Exists(file))
                    {
                        return File.ReadAllText(file).Trim();
                    }
                }
                catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
                {
                    return null;
                }
            }
        }

        return null;
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static decimal? Processors(string? quota, string? period, string? both)
    {
        if (both?.Split(' ') is [var max, var per])
        {
            (quota, period) = (max, per);
        }

        return Number(quota) is { } microseconds && Number(period) is { } each and > 0 ? (decimal)microseconds / each : null;
    }
}
