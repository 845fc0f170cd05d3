namespace Coop.Values;

/// <summary>
/// Tells words from chance by the pairs of letters: of the 676 pairs the 200 most common make up nine tenths of those in English words and in
/// names of source text, and three tenths of those in random letters.
/// </summary>
internal static class WordLikeness
{
    // In the order of their frequency in the words of English documentation and of source text, each word of a file counted once.
    private const string CommonPairs =
        "in re er on es te st th at or en se le ti ar co nt ed ng an al he li de ro io me ne it ta ma ri nd ec ve ce ll na ea ou "
        + "il ha ra si ns pa pr ac as tr om us ct et is ge ca ch am ic la un di fi el lo fo ur hi ss ry ts to em no ot ad rt ut ex "
        + "ow ho bl wh po op rs su mp pl ol ke mo ly oo ul ai os nc pe ep oc wi so pt be ag do ck ee um ir va od rn bu ab mi ru cl "
        + "id ie sp wa ig bo ef iv ib im tu ev mm sh gi ia ld vi rr nu ls ni ap rd ub ue ds ov ay cu cr up sa ys sy pu tt ui ew pp "
        + "wo fe gr uc qu nf nl sc bi lt we av rg gu ip tc au rm yt pi da fr lu ty ak fa ba wn gn yo ps fu rc xt ug eb dd oi if ua";

    private static readonly bool[] Common = Table();

    /// <summary>The share of neighbouring letters that are a common pair, from 0 to 1; 0 without two letters in a row.</summary>
    /// <param name="pairs">How many pairs of letters there are.</param>
    public static double Share(ReadOnlySpan<byte> text, out int pairs)
    {
        var common = 0;
        pairs = 0;
        for (var at = 1; at < text.Length; at++)
        {
            var first = text[at - 1] | 0x20;
            var second = text[at] | 0x20;
            if (!char.IsAsciiLetterLower((char)first) || !char.IsAsciiLetterLower((char)second))
            {
                continue;
            }

            // In camelCase a new word begins here.
            if (char.IsAsciiLetterLower((char)text[at - 1]) && char.IsAsciiLetterUpper((char)text[at]))
            {
                continue;
            }

            pairs++;
            common += Common[((first - 'a') * 26) + second - 'a'] ? 1 : 0;
        }

        return pairs == 0 ? 0 : (double)common / pairs;
    }

    private static bool[] Table()
    {
        var table = new bool[26 * 26];
        foreach (var pair in CommonPairs.Split(' '))
        {
            table[((pair[0] - 'a') * 26) + pair[1] - 'a'] = true;
        }

        return table;
    }
}
