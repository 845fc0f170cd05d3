namespace Coop.Formats;

/// <summary>
/// What Coop on the host and its own file as the box's first process say to each other over the lifeline: lines of ASCII, a verb and its values
/// between blanks. The one exception is the list of variables behind <see cref="Go"/>.
/// </summary>
internal static class GuestProtocol
{
    /// <summary>Where the file itself is mounted in every box.</summary>
    public const string ProgramPath = "/run/coop/coop";

    /// <summary>The directory of the lifeline's socket in the box.</summary>
    public const string LineDirectory = "/run/coop/line";

    /// <summary>Where the tools of <c>.tool-versions</c> are in a box.</summary>
    public const string ToolsPlace = "/opt/coop/tools";

    public const string SocketName = "s";

    /// <summary>Beside it: the way to the host's ports, when the box has one.</summary>
    public const string PortSocketName = "p";

    /// <summary>First words of the file's own command line, taken before anything of the host side is touched.</summary>
    public const string InitVerb = "guest-init";
    public const string LaunchVerb = "guest-launch";

    /// <summary>Serves the host's ports in a box.</summary>
    public const string ForwardVerb = "guest-forward";

    /// <summary>Tries, in a box, what no box may do, and says what came of it: for <c>coop doctor</c> and <c>coop demo</c>.</summary>
    public const string ProbeVerb = "guest-probe";

    /// <summary>What to probe: one connection, by address and port; <see cref="ProbeReached"/> or the system's words, exit 0 or 1.</summary>
    public const string ProbeConnect = "connect";

    /// <summary>Every address that could be the host, with a port: a line for each.</summary>
    public const string ProbeHost = "host";

    /// <summary>A socket without a file, by name.</summary>
    public const string ProbeSocket = "socket";

    /// <summary>System calls that lift masks or leave the box: a line for each, its name and <see cref="ProbeRefused"/> or what came of it.</summary>
    public const string ProbeCalls = "calls";

    public const string ProbeReached = "reached";
    public const string ProbeRefused = "refused";

    /// <summary>Box: <c>hello key=value…</c>, what it reads of itself. Nothing has been started yet.</summary>
    public const string Hello = "hello";

    /// <summary>Host: <c>go LENGTH ROWS COLUMNS</c> and a <see cref="WordList"/> of variables: start the command in a window of that size.</summary>
    public const string Go = "go";

    /// <summary>Box: the command stopped itself (Ctrl-Z).</summary>
    public const string Stopped = "stopped";

    /// <summary>Host: go on.</summary>
    public const string Continue = "continue";

    /// <summary>Host: <c>signal N</c> for the command's process group.</summary>
    public const string Signal = "signal";

    /// <summary>Host: <c>resize ROWS COLUMNS</c>.</summary>
    public const string Resize = "resize";

    /// <summary>Box: <c>exit CODE</c>, the command's own.</summary>
    public const string Exit = "exit";

    /// <summary>Box: <c>failed CODE REASON</c>: the command could not be started (126, 127), or the box does not hold what it promises (125).</summary>
    public const string Failed = "failed";
}
