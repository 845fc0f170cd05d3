using Coop.Native;

namespace Coop.Runs;

/// <summary>
/// Splits the command line into Coop's words and those that belong to the program in the box. Coop takes its own options where they directly follow its command; from
/// the first other word on everything is the program's, byte for byte, and one <c>--</c> in between is taken away. Pure.
/// </summary>
/// <param name="Coop">What Coop parses.</param>
/// <param name="Program">What it passes on verbatim, in order.</param>
internal sealed record ArgumentSplit(IReadOnlyList<string> Coop, IReadOnlyList<CString> Program)
{
    /// <summary>The hidden command an agent's name becomes; nobody types it.</summary>
    public const string AgentCommandName = "<agent>";

    /// <summary>The command that may also stand behind an agent's name.</summary>
    public const string LoginCommandName = "login";

    /// <param name="words">Without the program's name.</param>
    /// <param name="takesProgram">Commands that are followed by a program's words, each with the options it knows.</param>
    /// <param name="isTarget">True when a first word names an agent.</param>
    public static ArgumentSplit Split(
        IReadOnlyList<CString> words,
        IReadOnlyDictionary<string, IReadOnlySet<string>> takesProgram,
        Func<string, bool> isTarget
    )
    {
        if (words.Count == 0)
        {
            return new ArgumentSplit([], []);
        }

        var first = words[0].ToString();
        List<string> mine = [];
        IReadOnlySet<string>? options;
        if (isTarget(first) && words.Count > 1 && words[1].ToString() == LoginCommandName)
        {
            // «coop claude login» is «coop login claude».
            return new ArgumentSplit([LoginCommandName], [words[0], .. words.Skip(2)]);
        }

        if (isTarget(first))
        {
            mine.AddRange([AgentCommandName, first]);
            options = takesProgram[AgentCommandName];
        }
        else if (takesProgram.TryGetValue(first, out options))
        {
            mine.Add(first);
        }
        else
        {
            return new ArgumentSplit([.. words.Select(word => word.ToString())], []);
        }

        return Split(words, mine, options, mine[0] == AgentCommandName);
    }

    /// <summary>
    /// The words of a command with verbs, a name and an agent behind it (<c>fork NAME AGENT words…</c>): its options may stand anywhere before the agent's own
    /// words.
    /// </summary>
    /// <param name="words">The command's own word first.</param>
    /// <param name="verbs">What is no name.</param>
    /// <param name="options">What Coop takes behind the name.</param>
    /// <param name="whole">Makes all words Coop's.</param>
    /// <param name="isTarget">True when a word names an agent.</param>
    public static ArgumentSplit SplitNamed(
        IReadOnlyList<CString> words,
        IReadOnlyCollection<string> verbs,
        IReadOnlySet<string> options,
        WholeLine whole,
        Func<string, bool> isTarget
    )
    {
        if (
            words.Count < 2
            || verbs.Contains(words[1].ToString())
            || words[1].Bytes.StartsWith("-"u8)
            || whole.IsIn(words.Skip(2), options, isTarget)
        )
        {
            return new ArgumentSplit([.. words.Select(word => word.ToString())], []);
        }

        List<string> mine = [words[0].ToString(), words[1].ToString()];
        var hasTarget = false;
        var at = 2;
        for (; at < words.Count && words[at].ToString() is var word && word != "--"; at++)
        {
            // A first word that names no agent is the command's to refuse.
            if (hasTarget && !options.Contains(word))
            {
                break;
            }

            hasTarget |= !word.StartsWith('-');
            mine.Add(word);
        }

        return new ArgumentSplit(mine, [.. words.Skip(at < words.Count && words[at].ToString() == "--" ? at + 1 : at)]);
    }

    private static ArgumentSplit Split(
        IReadOnlyList<CString> words,
        List<string> mine,
        IReadOnlySet<string> options,
        bool isAgent
    )
    {
        var at = 1;
        while (at < words.Count && IsMine(words[at].ToString(), options, isAgent))
        {
            mine.Add(words[at++].ToString());
        }

        if (at < words.Count && words[at].ToString() == "--")
        {
            at++;
        }

        return new ArgumentSplit(mine, [.. words.Skip(at)]);
    }

    // Behind an agent's name an unknown option is the agent's. Behind `run` it can only be a mistake, which the parser names.
    private static bool IsMine(string word, IReadOnlySet<string> options, bool isAgent) =>
        options.Contains(word) || (!isAgent && word.Length > 1 && word[0] == '-' && word != "--");
}
