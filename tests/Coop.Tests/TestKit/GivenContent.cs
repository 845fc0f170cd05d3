using Coop.Masking;
using Coop.Native;
using Coop.Storage;

namespace Coop.TestKit;

/// <summary>A judge that finds what a test gives it.</summary>
internal sealed class GivenContent(IReadOnlyDictionary<BytePath, HiddenReason> found) : IContentJudge
{
    /// <summary>The files that the search wanted to be looked into, in its order.</summary>
    public List<string> Asked { get; } = [];

    public bool LooksInto(BytePath directory) => true;

    public bool IsKnownClean(ReadOnlySpan<byte> name, FileStatus status) => false;

    public IReadOnlyDictionary<BytePath, HiddenReason> Judge(
        IReadOnlyList<(BytePath Path, FileStatus Status)> files,
        CancellationToken cancellationToken
    )
    {
        Asked.AddRange(files.Select(file => file.Path.ToString()));
        return found;
    }
}
