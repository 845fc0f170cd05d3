using Coop.Native;

namespace Coop.Runs;

/// <summary>An option with which no program's own words are on the line: all of it is Coop's. It counts where only Coop's own options and agents stand before it.</summary>
/// <param name="Option">That option.</param>
/// <param name="Flags">Options that go with it.</param>
/// <param name="Valued">Options that go with it and are followed by a value.</param>
internal sealed record WholeLine(string Option, IReadOnlySet<string> Flags, IReadOnlySet<string> Valued)
{
    /// <param name="words">What stands behind the command and the name.</param>
    /// <param name="others">Further options without a value.</param>
    /// <param name="isTarget">True when a word names an agent.</param>
    public bool IsIn(IEnumerable<CString> words, IReadOnlySet<string> others, Func<string, bool> isTarget)
    {
        var isValue = false;
        foreach (var word in words.Select(word => word.ToString()))
        {
            if (isValue)
            {
                isValue = false;
            }
            else if (word == Option)
            {
                return true;
            }
            else if (Valued.Contains(word))
            {
                isValue = true;
            }
            else if (!Flags.Contains(word) && !others.Contains(word) && !Valued.Contains(word.Split('=')[0]) && !isTarget(word))
            {
                return false;
            }
        }

        return false;
    }
}
