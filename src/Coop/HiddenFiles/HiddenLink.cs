using Coop.Masking;
using Coop.Storage;

namespace Coop.HiddenFiles;

/// <summary>A symbolic link with a hidden name, whose target must still be found.</summary>
/// <param name="Directory">The number of its directory in the <see cref="TreeIndex"/>.</param>
/// <param name="DirectoriesOnly">The rule speaks of directories, so it counts only if the target is one.</param>
internal sealed record HiddenLink(BytePath Path, int Directory, HiddenReason Reason, bool DirectoriesOnly);
