using Coop.Storage;

namespace Coop.GitControls;

/// <summary>One file or directory that git on the host obeys.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Content">The copy's text; null unless <paramref name="Kind"/> is <see cref="GitControlKind.Copy"/>.</param>
internal sealed record GitControl(BytePath Path, GitControlKind Kind, string? Content = null);
