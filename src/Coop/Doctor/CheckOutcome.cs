namespace Coop.Doctor;

/// <summary>What became of a check.</summary>
internal enum CheckOutcome
{
    Held,

    /// <summary>It holds, but the user should know something.</summary>
    Warned,

    Failed,

    /// <summary>Neither: what the proof needs was not there.</summary>
    NotProved,
}
