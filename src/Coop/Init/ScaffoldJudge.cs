using System.Text;

namespace Coop.Init;

/// <summary>Compares the scaffold with what is there. Pure.</summary>
internal static class ScaffoldJudge
{
    private const uint OwnerMayRun = 0b001_000_000;

    public static ScaffoldStep Judge(ScaffoldEntry entry, FoundThing found) =>
        found switch
        {
            FoundThing.Nothing => new(entry, found, EntryState.Missing, "", []),
            FoundThing.Behind behind => Differs(entry, found, $"cannot be there: '{behind.Path}' is {behind.Kind}"),
            FoundThing.Other other => Differs(entry, found, $"is {other.Kind}"),
            FoundThing.Link link when entry.Kind != EntryKind.Link => Differs(
                entry,
                found,
                $"is a link to '{link.Text}', and no link is followed"
            ),
            FoundThing.Link link when link.Text != entry.Content => Differs(entry, found, $"is a link to '{link.Text}'"),
            FoundThing.Link => new(entry, found, EntryState.InPlace, "", []),
            FoundThing.RegularFile file => JudgeFile(entry, file),
            _ => throw new InvalidOperationException($"No judgement of {found}."),
        };

    private static ScaffoldStep JudgeFile(ScaffoldEntry entry, FoundThing.RegularFile file)
    {
        var text = Encoding.UTF8.GetString(file.Content.Span);
        if (entry.OwnersWords is { } words)
        {
            return words.Count == 0 || words.Any(word => text.Contains(word, StringComparison.Ordinal))
                ? new(entry, file, EntryState.InPlace, "", [])
                : Differs(entry, file, $"is yours, and does not name {words[^1]}", Pointer(entry, words[0]));
        }

        if (entry.Kind == EntryKind.Link)
        {
            return Differs(entry, file, "is a file of its own");
        }

        HashSet<string> there = [.. text.Split('\n').Select(Bare)];
        string[] lacking = [.. entry.Content.Split('\n').Where(line => !there.Contains(Bare(line)))];
        if (entry.Kind == EntryKind.Block)
        {
            return JudgeBlock(entry, file, there, lacking);
        }

        return lacking.Length > 0 ? Differs(entry, file, "is not as Coop would write it", lacking)
            : entry.Kind == EntryKind.Program && (file.Mode & OwnerMayRun) == 0
                ? Differs(entry, file, $"is not executable (chmod +x {entry.Path})")
            : new(entry, file, EntryState.InPlace, "", []);
    }

    // Whoever took lines out of the block meant it; comments alone are no reason to append.
    private static ScaffoldStep JudgeBlock(
        ScaffoldEntry entry,
        FoundThing.RegularFile file,
        HashSet<string> there,
        string[] lacking
    ) =>
        !lacking.Any(line => line.Length > 0 && line[0] != '#') ? new(entry, file, EntryState.InPlace, "", [])
        : there.Contains(ScaffoldPlanner.BlockMark) ? Differs(entry, file, "holds only a part of Coop's lines", lacking)
        : new(entry, file, EntryState.Appended, "", lacking);

    // The lines that lead a reader of the file to the word.
    private static string[] Pointer(ScaffoldEntry entry, string word) =>
        entry.Kind == EntryKind.Link
            ? [word]
            : [.. entry.Content.Split('\n').Where(line => line.Contains(word, StringComparison.Ordinal))];

    // Indentation, line ends and the comma behind a JSON value differ without meaning.
    private static string Bare(string line) => line.Trim().TrimEnd(',');

    private static ScaffoldStep Differs(ScaffoldEntry entry, FoundThing found, string difference, params string[] lacking) =>
        new(entry, found, EntryState.Differs, difference, lacking);
}
