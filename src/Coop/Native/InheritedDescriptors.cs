using System.Globalization;
using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>Descriptors that Coop was started with besides the standard streams, such as those of a shell's <c>3&gt;file</c>.</summary>
internal static partial class InheritedDescriptors
{
    private const uint First = 3;

    /// <summary>Linux 5.11.</summary>
    private const int CLOSE_RANGE_CLOEXEC = 4;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close_range(uint first, uint last, int flags);

    /// <summary>No program that Coop starts gets them: an open directory would be a way out of a bubblewrap box.</summary>
    public static void KeepFromChildren()
    {
        if (
            OperatingSystem.IsWindows()
            || (OperatingSystem.IsLinux() && close_range(First, uint.MaxValue, CLOSE_RANGE_CLOEXEC) == 0)
        )
        {
            return;
        }

        foreach (var path in Directory.GetFileSystemEntries("/dev/fd"))
        {
            if (uint.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var number) && number >= First)
            {
                Descriptor.CloseOnExec((int)number);
            }
        }
    }
}
