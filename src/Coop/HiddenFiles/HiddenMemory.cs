using Coop.Masking;
using Coop.Native;
using Coop.Storage;

namespace Coop.HiddenFiles;

/// <summary>
/// What was hidden in a tree before: the files and directories by identity and content, and the rules of its <c>.coopignore</c> files. Kept
/// outside the repository, so that nothing in it can make Coop forget. A value: <see cref="Remember"/> and <see cref="Forget"/> make a new one.
/// </summary>
/// <remarks>
/// Inode and time of birth (nanoseconds) are one file; the number of the device is not asked then, because network and layered
/// file systems change it with every mount. Where there is no time of birth, inode numbers are soon used again, and device,
/// size and time of change must agree too.
/// </remarks>
internal sealed class HiddenMemory
{
    /// <summary>Shorter files have no digest: too many innocent ones are the same.</summary>
    public const int ShortestDigested = 16;

    // The least recently seen are dropped first; what the tree still holds never is.
    private const int MostPaths = 50_000;

    private readonly Dictionary<ulong, List<RememberedPath>> byInode = [];
    private readonly HashSet<long> sizes = [];
    private readonly Dictionary<(long Size, string Digest), RememberedPath> byContent = [];

    private readonly Dictionary<BytePath, List<IgnoreRule>> byDirectory = new(BytePathComparer.Instance);
    private readonly Dictionary<BytePath, List<IgnoreRule>>.AlternateLookup<ReadOnlySpan<byte>> rulesBySpan;

    private HiddenMemory(IReadOnlyList<RememberedPath> paths, IReadOnlyList<IgnoreRule> rules)
    {
        Paths = paths;
        Rules = rules;
        foreach (var path in paths)
        {
            Add(byInode, path.Inode, path);
            if (path.Digest.Length > 0)
            {
                sizes.Add(path.Size);
                byContent.TryAdd((path.Size, path.Digest), path);
            }
        }

        rulesBySpan = byDirectory.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var rule in rules)
        {
            Add(byDirectory, rule.File!.Parent, rule);
        }
    }

    public static HiddenMemory Empty { get; } = new([], []);

    /// <summary>The most recently seen last.</summary>
    public IReadOnlyList<RememberedPath> Paths { get; }

    /// <summary>Of all <c>.coopignore</c> files that there were, sorted by file and line.</summary>
    public IReadOnlyList<IgnoreRule> Rules { get; }

    /// <summary>Whether files must be asked for their identity at all.</summary>
    public bool HasPaths => Paths.Count > 0;

    public static HiddenMemory Of(IReadOnlyList<RememberedPath> paths, IReadOnlyList<IgnoreRule> rules) => new(paths, rules);

    /// <summary>Whether any file must be asked for its size; what is remembered by inode alone the directories tell.</summary>
    public bool HasSizes => sizes.Count > 0;

    public bool HasInode(ulong inode) => byInode.ContainsKey(inode);

    /// <summary>A file of this size may have the content of a hidden one.</summary>
    public bool HasSize(long size) => sizes.Contains(size);

    /// <summary>The remembered file or directory that this is.</summary>
    public RememberedPath? FindIdentity(FileStatus status)
    {
        foreach (var path in byInode.GetValueOrDefault(status.Inode, []))
        {
            var isSame =
                path.Born != 0 && status.Born != 0
                    ? path.Born == status.Born
                    : path.Device == status.Device && path.Size == status.Size && path.Modified == status.Modified;
            if (isSame && path.IsDirectory == status.IsDirectory)
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>The same file with, by its size and time of change, the same content.</summary>
    public RememberedPath? FindUnchanged(FileStatus status) =>
        byInode
            .GetValueOrDefault(status.Inode, [])
            .Find(path =>
                path.Device == status.Device
                && path.Born == status.Born
                && path.Size == status.Size
                && path.Modified == status.Modified
            );

    /// <summary>A remembered file with these bytes.</summary>
    /// <param name="digest">See <see cref="FileDigest"/>.</param>
    public RememberedPath? FindContent(long size, string digest) => byContent.GetValueOrDefault((size, digest));

    /// <summary>The remembered rules that the files of a directory do not have (any more).</summary>
    /// <param name="directory">Relative to the root of the tree.</param>
    /// <param name="present">The rules as they are.</param>
    public CoopIgnore? MissingRules(ReadOnlySpan<byte> directory, IReadOnlyList<IgnoreRule> present)
    {
        if (!rulesBySpan.TryGetValue(directory, out var remembered))
        {
            return null;
        }

        // A line holds no NUL, so it can be compared as a path is.
        var lines = present.Select(rule => BytePath.From(rule.Pattern.Line)).ToHashSet();
        var missing = remembered.FindAll(rule => !lines.Contains(BytePath.From(rule.Pattern.Line)));
        return missing.Count == 0 ? null : CoopIgnore.Remembered(missing[0].File!, missing);
    }

    /// <summary>With what a search found added, and what it found again moved to the end.</summary>
    /// <param name="digests">By path, of the hidden files that have one; see <see cref="FileDigest"/>.</param>
    public HiddenMemory Remember(HiddenPaths found, IReadOnlyDictionary<BytePath, string> digests)
    {
        var seen = new Dictionary<(ulong Inode, long Born, BytePath Path, string Digest), RememberedPath>();
        foreach (var (path, status, reason) in found.Identities)
        {
            var digest = digests.GetValueOrDefault(path, "");
            seen[(status.Inode, status.Born, path, digest)] = new RememberedPath(
                path,
                status.IsDirectory,
                status.Device,
                status.Inode,
                status.Born,
                status.Size,
                status.Modified,
                digest,
                OriginalReason(status, reason)
            );
        }

        var unseen = Paths.Where(path => !seen.ContainsKey((path.Inode, path.Born, path.Path, path.Digest))).ToList();
        unseen.RemoveRange(0, Math.Clamp(unseen.Count + seen.Count - MostPaths, 0, unseen.Count));
        var rules = found
            .IgnoreRules.Concat(Rules)
            .DistinctBy(rule => (rule.File, BytePath.From(rule.Pattern.Line)))
            .OrderBy(rule => rule.File)
            .ThenBy(rule => rule.Line)
            .Select(rule => rule.AsRemembered());
        return new HiddenMemory([.. unseen, .. seen.Values], [.. rules]);
    }

    /// <summary>
    /// Without a path and what lies below it, and without the rules that hide it; other paths of such a rule stay known by identity. Naming a
    /// <c>.coopignore</c> forgets all rules that it ever had. What a rule still hides is remembered anew by the next search.
    /// </summary>
    /// <param name="path">Relative to the root of the tree.</param>
    /// <param name="found">What is hidden now, to know under which name the path is remembered.</param>
    public HiddenMemory Forget(BytePath path, HiddenPaths found)
    {
        var names = found
            .Hidden.Where(hidden => hidden.Path.IsWithin(path) && hidden.Reason.Via is not null)
            .Select(hidden => hidden.Reason.Via!);
        HashSet<BytePath> via = [.. names];
        return new HiddenMemory(
            [.. Paths.Where(remembered => !remembered.Path.IsWithin(path) && !via.Any(remembered.Path.IsWithin))],
            [.. Rules.Where(rule => !rule.File!.Equals(path) && !Hides(rule, path))]
        );
    }

    private static bool Hides(IgnoreRule rule, BytePath path)
    {
        var file = rule.File!;
        var rules = DirectoryRules.BuiltIn.With(CoopIgnore.Remembered(file, [rule]));
        var judge = new NameRules(new Dictionary<BytePath, DirectoryRules> { [file.Parent] = rules }, UserExceptions.None);
        return judge.Judge(path, isDirectory: true)?.Reason.Cause == HiddenCause.RememberedRule
            || judge.Judge(path, isDirectory: false)?.Reason.Cause == HiddenCause.RememberedRule;
    }

    // A file that is hidden because it is remembered keeps the reason that it was first hidden for.
    private HiddenReason OriginalReason(FileStatus status, HiddenReason reason) =>
        reason.Cause is HiddenCause.Remembered ? FindIdentity(status)?.Reason ?? reason : reason;

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> map, TKey key, TValue value)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var list))
        {
            map.Add(key, list = []);
        }

        list.Add(value);
    }
}
