namespace Coop.Errors;

/// <summary>The exit codes of every command; documented in <c>coop help</c> and never renumbered.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Failed, or found something.</summary>
    public const int Failed = 1;

    /// <summary>Wrong command line or settings; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>A task waits for a human.</summary>
    public const int NeedsHuman = 3;

    /// <summary>The answer is incomplete: a scan that could not read everything.</summary>
    public const int Incomplete = 4;

    public const int HungUp = 129;
    public const int Interrupted = 130;
    public const int Terminated = 143;
}
