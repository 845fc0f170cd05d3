using Coop.Storage;

namespace Coop.Git;

/// <summary>A version of a file in the object store.</summary>
/// <param name="Id">Whole.</param>
internal sealed record GitBlob(string Id, BytePath Path);
