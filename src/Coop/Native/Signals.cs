using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>signal.h</c>. Numbers are Linux's; those that differ on macOS are named by <see cref="Stop"/> and <see cref="Continue"/>.</summary>
internal static partial class Signals
{
    public const int SIGHUP = 1;
    public const int SIGINT = 2;
    public const int SIGQUIT = 3;
    public const int SIGKILL = 9;
    public const int SIGPIPE = 13;
    public const int SIGTERM = 15;
    public const int SIGTTIN = 21;
    public const int SIGTTOU = 22;

    public static int Continue => OperatingSystem.IsMacOS() ? 19 : 18;

    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static int WindowChanged => 28;

    /// <summary>What Ctrl-Z sends.</summary>
    public static int TerminalStop => OperatingSystem.IsMacOS() ? 18 : 20;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int processOrGroup, int signal);

    /// <summary>A signal to the calling thread, taken before the call returns.</summary>
    [LibraryImport("libc")]
    internal static partial int raise(int signal);

    [LibraryImport("libc")]
    internal static partial nint signal(int signal, nint handler);

    /// <summary>The disposition <c>SIG_DFL</c>.</summary>
    internal const nint Default = 0;

    /// <summary>The disposition <c>SIG_IGN</c>.</summary>
    internal const nint Ignore = 1;
}
