using Coop.Native;

namespace Coop.Guest;

/// <summary>The word to start, as it came over the lifeline.</summary>
/// <param name="Variables"><c>KEY=value</c> entries that stand in no argument.</param>
/// <param name="Rows">The window's size as text; <c>0</c> without a terminal.</param>
internal sealed record StartOrder(IReadOnlyList<CString> Variables, string Rows, string Columns);
