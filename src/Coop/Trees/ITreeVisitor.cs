using Coop.Storage;

namespace Coop.Trees;

/// <summary>What a walk of <see cref="TreeWalker"/> does with what it finds.</summary>
internal interface ITreeVisitor
{
    /// <summary>
    /// Called once for each directory with all its entries, before any directory below it; the ones that it hands to
    /// <see cref="TreeDirectory.Descend"/> are visited later.
    /// </summary>
    /// <param name="directory">Valid during the call only.</param>
    void Visit(TreeDirectory directory);

    /// <summary>A directory could not be opened or listed; its content is unknown.</summary>
    /// <param name="tag">What was given to <see cref="TreeDirectory.Descend"/>.</param>
    /// <param name="error">A number of <see cref="Native.Errno"/>.</param>
    void CannotRead(BytePath directory, int tag, int error);
}
