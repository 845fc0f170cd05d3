namespace Coop.LiveBoxes;

/// <summary>How a started engine command ended.</summary>
internal abstract record BoxOutcome
{
    private BoxOutcome() { }

    /// <summary>The command ran and ended by itself.</summary>
    /// <param name="Code">Its own exit code.</param>
    public sealed record Ended(int Code) : BoxOutcome;

    /// <summary>The first process could not start the command (126, 127) or found that the box does not hold what it promises (125).</summary>
    public sealed record Refused(int Code, string Reason) : BoxOutcome;

    /// <summary>The engine ended before the box spoke.</summary>
    public sealed record NeverStarted(int EngineCode, string Messages) : BoxOutcome;

    /// <summary>The box was there and went without a word.</summary>
    public sealed record Vanished(int EngineCode, string Messages) : BoxOutcome;

    /// <summary>Coop was told to end (HUP, INT, TERM).</summary>
    public sealed record Signalled(int Signal) : BoxOutcome;
}
