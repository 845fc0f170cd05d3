using Coop.Clones;
using Coop.Runs;
using Coop.Storage;

namespace Coop.Loops;

/// <summary>
/// The tree that a loop works in, the user's own or a fork's, as Coop looks at it from outside. Agents write there: each answer is read anew, and none of them starts what
/// an agent could have planted.
/// </summary>
internal interface ILoopTree
{
    /// <summary>The top of the tree.</summary>
    BytePath Root { get; }

    /// <summary>The top of the user's own working tree: its rules hide, its image is used, its name stands over what the gate sees.</summary>
    BytePath Repository { get; }

    /// <summary>The fork's name; null for the user's own tree.</summary>
    string? Fork { get; }

    /// <summary>Where the work stands.</summary>
    /// <exception cref="Errors.UserError">It is not the tree any more that Coop knows.</exception>
    Task<BranchPosition> PositionAsync(CancellationToken cancellationToken);

    /// <summary>What of the tree is not in the last commit; whole directories as one path that ends in a slash.</summary>
    /// <exception cref="Errors.UserError">git cannot tell.</exception>
    Task<IReadOnlyList<BytePath>> ListUncommittedAsync(CancellationToken cancellationToken);

    /// <summary>Makes a repository of Coop's that holds a commit with its history.</summary>
    /// <param name="directory">Exists, empty, of Coop's own; the caller removes it.</param>
    /// <exception cref="Errors.UserError">The commit does not pass git's checks.</exception>
    Task<ScratchRepository> TakeAsync(BytePath directory, string commit, CancellationToken cancellationToken);

    /// <summary>A session for one box on this tree, as it is now.</summary>
    /// <exception cref="Errors.UserError">It is not the tree any more that Coop knows.</exception>
    Task<RunSession> OpenSessionAsync(CancellationToken cancellationToken);
}
