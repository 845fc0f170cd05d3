using System.Runtime.InteropServices;

namespace Coop.Formats;

/// <summary>
/// One name of a pattern: what stands between two slashes, compiled. Runs of <c>*</c> are one, and a name is matched with a
/// single point to come back to, so a match takes at most (length of the name) × (parts) steps, however many stars there are; a
/// pattern that needs more characters than the name has costs one step.
/// </summary>
internal sealed class GlobSegment
{
    private readonly GlobPart[] parts;
    private readonly int shortest;

    private GlobSegment(GlobPart[] parts)
    {
        this.parts = parts;
        foreach (var part in parts)
        {
            shortest += part.Shortest;
        }
    }

    /// <summary>The name itself, folded, when the segment has no wildcard; else null.</summary>
    public byte[]? Literal => parts is [{ Kind: GlobPartKind.Literal } only] ? only.Text : null;

    /// <summary>The folded bytes that every match ends with; empty when there are none.</summary>
    public ReadOnlySpan<byte> Tail => parts[^1].Text;

    /// <summary>The folded bytes that every match starts with; empty when there are none.</summary>
    public ReadOnlySpan<byte> Head => parts[0].Text;

    /// <summary>Reads one segment.</summary>
    /// <param name="text">Not empty, without slash.</param>
    /// <param name="problem">What is wrong with it, when the result is null.</param>
    public static GlobSegment? Parse(ReadOnlySpan<byte> text, out string problem)
    {
        var compiled = new List<GlobPart>();
        var literal = new List<byte>();
        problem = "";
        var at = 0;
        while (at < text.Length)
        {
            switch (text[at])
            {
                case (byte)'*':
                    Flush(literal, compiled);
                    if (compiled is not [.., { Kind: GlobPartKind.Star }])
                    {
                        compiled.Add(new GlobPart(GlobPartKind.Star, [], null));
                    }

                    at++;
                    break;
                case (byte)'?':
                    Flush(literal, compiled);
                    compiled.Add(new GlobPart(GlobPartKind.Any, [], null));
                    at++;
                    break;
                case (byte)'[':
                    Flush(literal, compiled);
                    if (CharacterClass.Parse(text[(at + 1)..], out var length, out problem) is not { } set)
                    {
                        return null;
                    }

                    compiled.Add(new GlobPart(GlobPartKind.Class, [], set));
                    at += 1 + length;
                    break;
                case (byte)'\\' when at + 1 == text.Length:
                    problem = "ends in a '\\' that escapes nothing";
                    return null;
                default:
                    at += text[at] == (byte)'\\' ? 1 : 0;
                    literal.Add(text[at++]);
                    break;
            }
        }

        Flush(literal, compiled);
        return new GlobSegment([.. compiled]);
    }

    /// <summary>Whether the whole name matches.</summary>
    /// <param name="name">In the form of <see cref="NameFold"/>.</param>
    public bool Matches(ReadOnlySpan<byte> name)
    {
        var steps = 0L;
        return Matches(name, ref steps);
    }

    /// <summary>As <see cref="Matches(ReadOnlySpan{byte})"/>, and counts the steps that it takes.</summary>
    public bool Matches(ReadOnlySpan<byte> name, ref long steps)
    {
        steps++;
        if (name.Length < shortest || !name.StartsWith(Head) || !name.EndsWith(Tail))
        {
            return false;
        }

        var at = 0;
        var part = 0;
        var star = -1;
        var starAt = 0;
        while (at < name.Length || part < parts.Length)
        {
            steps++;
            if (part < parts.Length && parts[part].Kind == GlobPartKind.Star)
            {
                star = part++;
                starAt = at;
                if (part == parts.Length)
                {
                    return true;
                }
            }
            else if (part < parts.Length && parts[part].TryMatch(name[at..], out var used))
            {
                at += used;
                part++;
            }
            else if (star < 0 || starAt >= name.Length)
            {
                return false;
            }
            else
            {
                // The last star takes one character more; earlier ones never need to.
                CharacterClass.Decode(name[starAt..], out var skipped);
                starAt += skipped;
                at = starAt;
                part = star + 1;
            }
        }

        return true;
    }

    private static void Flush(List<byte> literal, List<GlobPart> parts)
    {
        if (literal.Count > 0)
        {
            parts.Add(new GlobPart(GlobPartKind.Literal, NameFold.Fold(CollectionsMarshal.AsSpan(literal)), null));
            literal.Clear();
        }
    }
}
