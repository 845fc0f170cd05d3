using Coop.Storage;

namespace Coop.Repositories;

/// <summary>What git's index keeps of a file.</summary>
/// <param name="Path">Relative to the top of the working tree.</param>
/// <param name="ModifiedSeconds">Since 1970.</param>
internal sealed record TrackedFile(BytePath Path, long Size, long ModifiedSeconds, int ModifiedNanoseconds, bool IsExecutable);
