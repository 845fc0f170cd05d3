namespace Coop.CheckSecrets;

/// <summary>The first commit that brought a value.</summary>
/// <param name="AuthorDate">As ISO 8601.</param>
/// <param name="IsAtHead">The value stands in the tree of HEAD, in whatever file.</param>
/// <param name="Order">Counts the commits, oldest first.</param>
internal sealed record CommitPlace(string Id, string AuthorDate, bool IsAtHead, int Order);
