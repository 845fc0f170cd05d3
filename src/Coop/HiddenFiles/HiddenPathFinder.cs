using Coop.Errors;
using Coop.Masking;
using Coop.Storage;
using Coop.Trees;

namespace Coop.HiddenFiles;

/// <summary>
/// Answers what a box must not see of a tree, and why, in one walk. The order: a hidden directory hides all that is in it;
/// then names: built in, of <c>.coopignore</c> files, remembered; templates and public keys stay visible to those, but not to what is
/// found in a file that no name hides. The user's exceptions stand above all of these but a hidden directory. Besides, every name of a
/// hidden file is hidden, and what a hidden link leads to.
/// </summary>
internal sealed class HiddenPathFinder(UserExceptions exceptions, HiddenMemory memory)
{
    // What the kernel takes as one path, less the NUL: a longer one cannot be covered.
    private const int LongestPath = 4095;

    /// <summary>Searches a tree without looking into files.</summary>
    /// <param name="root">Absolute.</param>
    /// <param name="leftAlone">
    /// Relative to the root: what is neither walked nor hidden, because somebody else guards it: the repository's own git directory, those of
    /// its submodules, and their <c>.git</c> files.
    /// </param>
    /// <exception cref="UserError">A directory or a <c>.coopignore</c> cannot be read or understood, or a hidden path cannot be covered.</exception>
    public HiddenPaths Find(BytePath root, IReadOnlySet<BytePath> leftAlone, CancellationToken cancellationToken) =>
        Find(root, leftAlone, content: null, cancellationToken);

    /// <summary>As <see cref="Find(BytePath, IReadOnlySet{BytePath}, CancellationToken)"/>, and into those that no name hides.</summary>
    /// <param name="content">Null when contents hide nothing.</param>
    public HiddenPaths Find(
        BytePath root,
        IReadOnlySet<BytePath> leftAlone,
        IContentJudge? content,
        CancellationToken cancellationToken
    )
    {
        var findings = new HiddenFindings();
        using var handle = OpenTree.OpenRoot(root);
        using var survey = new FileSurvey(memory, content, handle, cancellationToken);
        TreeWalker.Walk(root, 0, new TreeScan(findings, memory, survey, exceptions, leftAlone), cancellationToken);
        var resolver = new LinkResolver(handle, OpenTree.RealPath(handle) ?? root, root);
        new HiddenClosure(findings, memory, survey, content, handle, resolver, leftAlone).Complete(cancellationToken);
        var found = findings.ToPaths(exceptions);
        foreach (var path in found.Hidden.Concat(found.Special))
        {
            if (root.Length + 1 + path.Path.Length > LongestPath)
            {
                throw TooLong(path.Path);
            }
        }

        return found;
    }

    private static UserError TooLong(BytePath path)
    {
        var start = BytePath.From(path.Bytes[..60]);
        var end = BytePath.From(path.Bytes[^40..]);
        return new UserError(
            $"'{start}…{end}' must be hidden, but its path of {path.Length} bytes is longer than the kernel takes.",
            "Move it up, remove it, or hide a directory above it with a line in .coopignore."
        );
    }
}
