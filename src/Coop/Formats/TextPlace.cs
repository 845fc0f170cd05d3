namespace Coop.Formats;

/// <summary>Where something stands in a user's file, printed as <c>path:line</c> or <c>path:line:column</c>.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1; null where only the line is known.</param>
internal sealed record TextPlace(string Path, int Line, int? Column = null)
{
    public override string ToString() => Column is { } column ? $"{Path}:{Line}:{column}" : $"{Path}:{Line}";
}
