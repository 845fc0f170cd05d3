namespace Coop.Git;

/// <summary>A commit and the versions of files that it brought.</summary>
/// <param name="AuthorDate">As ISO 8601; what the author's clock said.</param>
/// <param name="Message">As its author wrote it: clean it before printing.</param>
internal sealed record GitChange(string Commit, string AuthorDate, string Message, IReadOnlyList<GitBlob> Blobs);
