namespace Coop.Clones;

/// <summary>What another repository must know to read the objects of one.</summary>
/// <param name="ObjectFormat"><c>sha1</c> or <c>sha256</c>.</param>
/// <param name="IsPartial">Objects may be missing because the remote promised them (<c>git clone --filter</c>).</param>
/// <param name="Shallow">The file <c>shallow</c>: where the history was cut; null when it was not.</param>
internal sealed record RepositoryShape(string ObjectFormat, bool IsPartial, byte[]? Shallow)
{
    /// <summary>Hexadecimal digits of an object's id.</summary>
    public int IdLength => ObjectFormat == "sha256" ? 64 : 40;
}
