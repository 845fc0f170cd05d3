namespace Coop.LoopDecisions;

/// <summary>How an agent's run came to its end.</summary>
internal enum AttemptEnding
{
    /// <summary>By itself, with exit code 0.</summary>
    Finished,

    /// <summary>By itself, with another exit code.</summary>
    Failed,

    /// <summary>Its provider refused.</summary>
    Limited,

    /// <summary>Coop ended it: it said nothing for too long.</summary>
    Silent,

    /// <summary>Coop ended it: it worked for too long.</summary>
    TooLong,

    /// <summary>Coop ended it: the time that the user gave is over.</summary>
    OutOfTime,

    /// <summary>The user ended it.</summary>
    Interrupted,
}
