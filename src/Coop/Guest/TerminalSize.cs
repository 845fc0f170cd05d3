using System.Globalization;
using Coop.Native;

namespace Coop.Guest;

/// <summary>Gives the box's terminal the size of the host's window; the kernel tells the foreground programs.</summary>
internal static class TerminalSize
{
    /// <param name="terminal">Null without one.</param>
    /// <param name="rows">Text as it came over the lifeline; 0 or no number changes nothing.</param>
    public static void Set(int? terminal, string rows, string columns)
    {
        if (
            terminal is { } fd
            && ushort.TryParse(rows, CultureInfo.InvariantCulture, out var height)
            && ushort.TryParse(columns, CultureInfo.InvariantCulture, out var width)
            && height > 0
            && width > 0
        )
        {
            Termios.Resize(fd, new WindowSize(height, width, 0, 0));
        }
    }
}
