using Coop.Native;
using Coop.Storage;

namespace Coop.Masking;

/// <summary>What a hidden file or directory is apart from its name; files below a hidden directory have one too.</summary>
/// <param name="Path">Relative to the root of the tree.</param>
internal sealed record HiddenIdentity(BytePath Path, FileStatus Status, HiddenReason Reason);
