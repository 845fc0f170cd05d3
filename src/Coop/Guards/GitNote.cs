using System.Globalization;
using Coop.Formats;
using Coop.Native;
using Coop.Storage;

namespace Coop.Guards;

/// <summary>What was noted before a box started; kept in the run's directory, so that a later Coop can compare in the place of one that was killed.</summary>
/// <param name="Root">The top of the tree.</param>
/// <param name="GitDirectory">Null outside a repository; then only the tree is searched.</param>
/// <param name="StartedNanoseconds">The kernel's clock for file times, since 1970.</param>
/// <param name="Controls">Each control path and its print; missing ones are noted as absent.</param>
/// <param name="Entries">The prints of what lies in controls that are directories.</param>
/// <param name="Kept">The content of configurations, to put back.</param>
/// <param name="InTree">Of the controls, those in the working tree.</param>
/// <param name="Hidden">What the box could not see, relative to the root.</param>
/// <param name="Heads">Commits the branches stood on.</param>
/// <param name="Known">Git directories below <c>modules</c> and names below <c>worktrees</c> that existed, absolute.</param>
internal sealed record GitNote(
    BytePath Root,
    BytePath? GitDirectory,
    BytePath? CommonDirectory,
    long StartedNanoseconds,
    IReadOnlyDictionary<BytePath, string> Controls,
    IReadOnlyDictionary<BytePath, string> Entries,
    IReadOnlyDictionary<BytePath, byte[]> Kept,
    IReadOnlySet<BytePath> InTree,
    IReadOnlySet<BytePath> Known,
    IReadOnlyList<BytePath> Hidden,
    IReadOnlyList<string> Heads
)
{
    public byte[] Encode()
    {
        List<CString> words = [Word(Root), Word(GitDirectory ?? BytePath.Empty), Word(CommonDirectory ?? BytePath.Empty)];
        words.Add(CString.From(StartedNanoseconds.ToString(CultureInfo.InvariantCulture)));
        foreach (var (path, print) in Controls)
        {
            words.AddRange([CString.From("control"), Word(path), CString.From(print)]);
        }

        foreach (var (path, print) in Entries)
        {
            words.AddRange([CString.From("entry"), Word(path), CString.From(print)]);
        }

        foreach (var (path, content) in Kept)
        {
            // A configuration may hold any bytes, words hold no NUL.
            words.AddRange([CString.From("kept"), Word(path), CString.From(Convert.ToBase64String(content))]);
        }

        foreach (var path in InTree)
        {
            words.AddRange([CString.From("tree"), Word(path), CString.From("")]);
        }

        foreach (var path in Known)
        {
            words.AddRange([CString.From("known"), Word(path), CString.From("")]);
        }

        foreach (var path in Hidden)
        {
            words.AddRange([CString.From("hidden"), Word(path), CString.From("")]);
        }

        foreach (var head in Heads)
        {
            words.AddRange([CString.From("head"), CString.From(head), CString.From("")]);
        }

        return WordList.Encode(words);
    }

    /// <exception cref="FormatException">The bytes are no note.</exception>
    public static GitNote Decode(ReadOnlySpan<byte> bytes)
    {
        var words = WordList.Decode(bytes);
        Dictionary<BytePath, string> controls = [];
        Dictionary<BytePath, string> entries = [];
        Dictionary<BytePath, byte[]> kept = [];
        HashSet<BytePath> inTree = [];
        HashSet<BytePath> known = [];
        List<BytePath> hidden = [];
        List<string> heads = [];
        for (var i = 4; i + 2 < words.Count; i += 3)
        {
            var path = BytePath.From(words[i + 1].Bytes);
            switch (words[i].ToString())
            {
                case "control":
                    controls[path] = words[i + 2].ToString();
                    break;
                case "entry":
                    entries[path] = words[i + 2].ToString();
                    break;
                case "kept":
                    kept[path] = Convert.FromBase64String(words[i + 2].ToString());
                    break;
                case "tree":
                    inTree.Add(path);
                    break;
                case "hidden":
                    hidden.Add(path);
                    break;
                case "head":
                    heads.Add(words[i + 1].ToString());
                    break;
                case "known":
                    known.Add(path);
                    break;
                default:
                    throw new FormatException($"A run's note does not know '{words[i]}'.");
            }
        }

        return new GitNote(
            BytePath.From(words[0].Bytes),
            OrNull(words[1]),
            OrNull(words[2]),
            long.Parse(words[3].ToString(), CultureInfo.InvariantCulture),
            controls,
            entries,
            kept,
            inTree,
            known,
            hidden,
            heads
        );
    }

    private static CString Word(BytePath path) => CString.From(path.Bytes);

    private static BytePath? OrNull(CString word) => word.Bytes.IsEmpty ? null : BytePath.From(word.Bytes);
}
