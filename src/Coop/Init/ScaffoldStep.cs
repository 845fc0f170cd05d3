namespace Coop.Init;

/// <summary>An entry of the scaffold, judged.</summary>
/// <param name="Found">What the judgement is about.</param>
/// <param name="Difference">What is there instead, as the end of a sentence; empty unless it differs.</param>
/// <param name="Lacking">Lines of the entry that the file does not hold.</param>
internal sealed record ScaffoldStep(
    ScaffoldEntry Entry,
    FoundThing Found,
    EntryState State,
    string Difference,
    IReadOnlyList<string> Lacking
);
