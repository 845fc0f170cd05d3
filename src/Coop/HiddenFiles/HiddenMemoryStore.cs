using System.Globalization;
using System.Text;
using Coop.Errors;
using Coop.Formats;
using Coop.Masking;
using Coop.Storage;

namespace Coop.HiddenFiles;

/// <summary>
/// Keeps <see cref="HiddenMemory"/> in a file: a line with the version; <c>rule</c> lines (file, line, pattern); <c>path</c> lines (kind, device, inode,
/// birth, size, modification, digest, cause, rule, its file and line, path). Words are separated by blanks and escaped; an empty
/// word is <c>-</c>, which is escaped where it is meant.
/// </summary>
/// <param name="filePath">Outside the repository, in Coop's state.</param>
internal sealed class HiddenMemoryStore(string filePath)
{
    private const string FirstLine = "coop-hidden 1";

    /// <summary>What is remembered; nothing when there is no file.</summary>
    /// <exception cref="UserError">The file is damaged or of a newer Coop.</exception>
    public HiddenMemory Read()
    {
        var paths = new List<RememberedPath>();
        var rules = new List<IgnoreRule>();
        foreach (var line in StateLines.Read(filePath, FirstLine) ?? [])
        {
            StateLines.Understand(
                filePath,
                line,
                text =>
                {
                    var words = text.Split(' ');
                    if (words[0] == "rule")
                    {
                        rules.Add(ReadRule(words));
                    }
                    else
                    {
                        paths.Add(ReadPath(words));
                    }

                    return words;
                }
            );
        }

        return HiddenMemory.Of(paths, rules);
    }

    public void Write(HiddenMemory memory) =>
        StateLines.Write(filePath, FirstLine, memory.Rules.Select(WriteRule).Concat(memory.Paths.Select(WritePath)));

    /// <summary>Adds what a search found. Files that are new or changed since are read once for their digest.</summary>
    /// <param name="root">Of the tree that was searched.</param>
    /// <returns>The memory as it is written now.</returns>
    public HiddenMemory Remember(BytePath root, HiddenPaths found, HiddenMemory memory)
    {
        using var handle = OpenTree.OpenRoot(root);
        var digests = new Dictionary<BytePath, string>(BytePathComparer.Instance);
        foreach (var (path, status, _) in found.Identities)
        {
            if (!status.IsRegular || status.Size < HiddenMemory.ShortestDigested)
            {
                continue;
            }

            if (memory.FindUnchanged(status) is { Digest.Length: > 0 } known)
            {
                digests[path] = known.Digest;
                continue;
            }

            using var directory = OpenTree.OpenDirectory(handle, path.Parent);
            if (
                directory is not null
                && FileDigest.TryOf(directory, path.Name, out var size) is { } digest
                && size == status.Size
            )
            {
                digests[path] = digest;
            }
        }

        var made = memory.Remember(found, digests);
        Write(made);
        return made;
    }

    private static string WriteRule(IgnoreRule rule) =>
        Join("rule", Word(rule.File!.Bytes), Number(rule.Line), Word(rule.Pattern.Line));

    private static string WritePath(RememberedPath path) =>
        Join(
            "path",
            path.IsDirectory ? "directory" : "file",
            Number(path.Device),
            Number(path.Inode),
            Number(path.Born),
            Number(path.Size),
            Number(path.Modified),
            path.Digest.Length == 0 ? "-" : path.Digest,
            Number((int)path.Reason.Cause),
            Word(Encoding.UTF8.GetBytes(path.Reason.Rule)),
            Word(path.Reason.File is { } file ? file.Bytes : []),
            Number(path.Reason.Line),
            Word(path.Path.Bytes)
        );

    private static IgnoreRule ReadRule(string[] words)
    {
        var file = BytePath.From(Bytes(words[1]));
        var line = Parse<int>(words[2]);
        var pattern = IgnorePattern.Parse(Bytes(words[3]), new TextPlace(file.ToString(), line));
        return new IgnoreRule(pattern ?? throw new FormatException("A rule is empty."), file, line, isRemembered: true);
    }

    private static RememberedPath ReadPath(string[] words) =>
        new(
            BytePath.From(Bytes(words[12])),
            words[0] != "path" ? throw new FormatException("An unknown record.") : words[1] == "directory",
            Parse<ulong>(words[2]),
            Parse<ulong>(words[3]),
            Parse<long>(words[4]),
            Parse<long>(words[5]),
            Parse<long>(words[6]),
            words[7] == "-" ? "" : words[7],
            new HiddenReason((HiddenCause)Parse<int>(words[8]), Encoding.UTF8.GetString(Bytes(words[9])))
            {
                File = words[10] == "-" ? null : BytePath.From(Bytes(words[10])),
                Line = Parse<int>(words[11]),
            }
        );

    private static string Join(params string[] words) => string.Join(' ', words);

    private static string Word(ReadOnlySpan<byte> bytes) =>
        EscapedBytes.Escape(bytes) switch
        {
            "" => "-",
            "-" => "%2d",
            var word => word,
        };

    private static byte[] Bytes(string word) => word == "-" ? [] : EscapedBytes.Unescape(word);

    private static string Number<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static T Parse<T>(string word)
        where T : ISpanParsable<T> => T.Parse(word, CultureInfo.InvariantCulture);
}
