using Coop.Masking;
using Coop.Native;
using Coop.Storage;

namespace Coop.HiddenFiles;

/// <summary>Collects what one search finds; filled by <see cref="TreeScan"/> and then by <see cref="HiddenClosure"/>.</summary>
internal sealed class HiddenFindings
{
    private readonly List<(HiddenPath Path, int Directory)> hidden = [];
    private readonly List<(HiddenPath Path, int Directory)> special = [];
    private readonly List<(BytePath Path, int Directory)> ruleFiles = [];
    private readonly List<HiddenIdentity> identities = [];
    private readonly Dictionary<ulong, List<HiddenIdentity>> byInode = [];
    private readonly Dictionary<int, HiddenReason> directoryReasons = [];

    public TreeIndex Index { get; } = new();

    /// <summary>Links that are still to be followed.</summary>
    public Queue<HiddenLink> Links { get; } = new();

    /// <summary>Directories that hold a <c>.coopignore</c> or held one, with all rules that apply there.</summary>
    public Dictionary<BytePath, DirectoryRules> WithFiles { get; } = new(BytePathComparer.Instance);

    public int FilesSeen { get; set; }

    /// <summary>The numbers that directories tell are not those that files have, as on some FUSE file systems: every file must be asked.</summary>
    public bool AreInodesUnreliable { get; private set; }

    /// <summary>What hidden links lead to, until the file itself is met among those that the walk saw.</summary>
    public HashSet<HiddenIdentity> Targets { get; } = [];

    /// <summary>All rules of all <c>.coopignore</c> files that were read.</summary>
    public List<IgnoreRule> Rules { get; } = [];

    public bool HasInodes => byInode.Count > 0;

    public void AddHidden(HiddenPath path, int directory) => hidden.Add((path, directory));

    public void AddSpecial(HiddenPath path, int directory) => special.Add((path, directory));

    public void AddRuleFile(BytePath path, int directory) => ruleFiles.Add((path, directory));

    /// <summary>Marks a directory and remembers why, for what lies below.</summary>
    public void HideDirectory(int number, HiddenReason reason)
    {
        Index.Directory(number).Mark = FileMark.Hidden;
        directoryReasons[number] = reason;
    }

    public HiddenReason ReasonOfDirectory(int number) => directoryReasons[number];

    /// <summary>From here on every name of this file is hidden.</summary>
    /// <param name="listedInode">The number that its directory told; null when it was not asked.</param>
    public void AddIdentity(HiddenIdentity identity, ulong? listedInode)
    {
        identities.Add(identity);
        if (!identity.Status.IsRegular)
        {
            return;
        }

        AreInodesUnreliable |= identity.Status.Links > 1 && listedInode is { } listed && listed != identity.Status.Inode;
        if (!byInode.TryGetValue(identity.Status.Inode, out var list))
        {
            byInode.Add(identity.Status.Inode, list = []);
        }

        list.Add(identity);
    }

    /// <summary>As <see cref="AddIdentity"/>, for the target of a link.</summary>
    public void AddTarget(HiddenIdentity identity)
    {
        AddIdentity(identity, null);
        Targets.Add(identity);
    }

    public bool MayBeHidden(ulong inode) => byInode.ContainsKey(inode);

    /// <summary>The hidden file that this is.</summary>
    public HiddenIdentity? FindHidden(FileStatus status) =>
        byInode.GetValueOrDefault(status.Inode, []).Find(other => other.Status.Device == status.Device);

    public HiddenPaths ToPaths(UserExceptions exceptions) =>
        new()
        {
            Hidden = [.. Outside(hidden).OrderBy(path => path.Path)],
            Special = [.. Outside(special).OrderBy(path => path.Path)],
            RuleFiles = [.. Outside(ruleFiles).Order()],
            FilesSeen = FilesSeen,
            Identities = identities,
            IgnoreRules = Rules,
            Rules = new NameRules(WithFiles, exceptions),
        };

    // What lies in a hidden directory goes with it; a directory may have become hidden after its content was listed.
    private IEnumerable<T> Outside<T>(List<(T Path, int Directory)> found) =>
        found.Where(item => Index.Directory(item.Directory).Mark != FileMark.Hidden).Select(item => item.Path);
}
