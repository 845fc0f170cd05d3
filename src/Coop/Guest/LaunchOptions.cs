using System.Globalization;
using Coop.Native;

namespace Coop.Guest;

/// <summary>The words of the launcher.</summary>
/// <param name="Directory">An existing directory over which the private staging file system is mounted.</param>
/// <param name="Uid">The unprivileged user to become.</param>
/// <param name="OwnerUid">The owner on disk to show as <paramref name="Uid"/>; null shows owners as they are.</param>
/// <param name="Command">What to become at the end: bubblewrap and its words.</param>
internal sealed record LaunchOptions(
    CString Directory,
    uint Uid,
    uint Gid,
    uint? OwnerUid,
    uint? OwnerGid,
    IReadOnlyList<LaunchBind> Binds,
    IReadOnlyList<CString> Command
)
{
    /// <exception cref="FormatException">They are not what the engine makes.</exception>
    public static LaunchOptions Parse(IReadOnlyList<CString> words)
    {
        CString? directory = null;
        (uint Uid, uint Gid)? user = null;
        (uint Uid, uint Gid)? owner = null;
        List<LaunchBind> binds = [];
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i].ToString())
            {
                case "--directory" when i + 1 < words.Count:
                    directory = words[++i];
                    break;
                case "--user" when i + 1 < words.Count:
                    user = Pair(words[++i]);
                    break;
                case "--owner" when i + 1 < words.Count:
                    owner = Pair(words[++i]);
                    break;
                case "--mapped" or "--plain" when i + 2 < words.Count:
                    binds.Add(new LaunchBind(words[i + 1], words[i + 2], words[i].ToString() == "--mapped"));
                    i += 2;
                    break;
                case "--" when directory is not null && user is { Uid: not 0, Gid: not 0 } found && i + 1 < words.Count:
                    return new LaunchOptions(
                        directory,
                        found.Uid,
                        found.Gid,
                        owner?.Uid,
                        owner?.Gid,
                        binds,
                        [.. words.Skip(i + 1)]
                    );
                default:
                    throw new FormatException($"The launcher does not know '{words[i]}'.");
            }
        }

        throw new FormatException("The launcher was given no command.");
    }

    private static (uint Uid, uint Gid) Pair(CString word)
    {
        var parts = word.ToString().Split(':');
        return
            parts.Length == 2
            && uint.TryParse(parts[0], CultureInfo.InvariantCulture, out var uid)
            && uint.TryParse(parts[1], CultureInfo.InvariantCulture, out var gid)
            ? (uid, gid)
            : throw new FormatException($"'{word}' is no pair of user and group.");
    }
}
