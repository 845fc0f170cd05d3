namespace Coop.Formats;

/// <summary>A line of a file of the user, for messages.</summary>
/// <param name="File">As it is shown to people.</param>
/// <param name="Line">Counts from 1.</param>
internal sealed record TextPlace(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
