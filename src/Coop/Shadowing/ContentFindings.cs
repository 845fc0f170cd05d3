using Coop.Masking;
using Coop.Storage;

namespace Coop.Shadowing;

/// <summary>Files of a tree that hold a provider's token or a private key.</summary>
/// <param name="Hidden">To be hidden, each with what was found.</param>
/// <param name="Visible">Files that git tracks, which stay visible, with what was found; sorted.</param>
internal sealed record ContentFindings(IReadOnlyDictionary<BytePath, HiddenReason> Hidden, IReadOnlyList<VisibleToken> Visible)
{
    public static ContentFindings None { get; } = new(new Dictionary<BytePath, HiddenReason>(), []);
}
