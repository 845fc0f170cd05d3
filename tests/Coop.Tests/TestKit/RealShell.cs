using System.Diagnostics;

namespace Coop.TestKit;

/// <summary>A real shell, for what must survive one.</summary>
internal static class RealShell
{
    /// <summary>The bytes that a script prints.</summary>
    public static byte[] Output(string shell, string script)
    {
        ProcessStartInfo start = new(shell, ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        using MemoryStream bytes = new();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();
        return bytes.ToArray();
    }
}
