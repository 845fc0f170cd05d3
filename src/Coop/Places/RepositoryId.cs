using System.Text;
using Coop.Storage;

namespace Coop.Places;

/// <summary>Names that Coop derives from a repository's place.</summary>
internal static class RepositoryId
{
    private const int NameLimit = 40;

    /// <summary>Twelve hexadecimal digits of the path's digest: the same for every run, different for every place.</summary>
    public static string Of(BytePath root) => Digest.Of(root.Bytes)[..12];

    /// <summary>The directory's name in letters that engines allow in names: lower-case ASCII letters, digits, <c>-</c>.</summary>
    public static string NameOf(BytePath root)
    {
        StringBuilder name = new();
        foreach (var one in root.Name)
        {
            var c = char.ToLowerInvariant((char)one);
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(c);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        var text = name.ToString();
        text = text[..Math.Min(text.Length, NameLimit)].Trim('-');
        return text.Length == 0 ? "repository" : text;
    }

    /// <summary>The tag of an image built from the repository's <c>Dockerfile.agent</c>.</summary>
    public static string ImageOf(BytePath root) => $"coop-{NameOf(root)}-{Of(root)[..8]}";
}
