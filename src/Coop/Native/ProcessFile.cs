namespace Coop.Native;

/// <summary>Files of <c>/proc/PID</c> that hold a row for each value (proc(5)).</summary>
internal static class ProcessFile
{
    /// <summary>What stands behind the name of a row; null when there is none, the process is gone, or it must not be looked at (the mount option <c>hidepid</c>).</summary>
    /// <param name="file"><c>status</c>, <c>limits</c>.</param>
    public static string? Row(int process, string file, string name)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/{file}")
                .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
                ?[name.Length..];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
