using System.Globalization;
using Coop.Native;

namespace Coop.Guest;

/// <summary>The words of the launcher.</summary>
/// <param name="Directory">An existing directory over which the private staging file system is mounted; null stages nothing and makes no namespace.</param>
/// <param name="User">The unprivileged user and group to become; null stays who it is (in a user namespace that is nobody of the host's).</param>
/// <param name="Owner">The owner on disk to show as <paramref name="User"/>; null shows owners as they are.</param>
/// <param name="Masks">A file of masks to mount; null mounts none.</param>
/// <param name="Command">What to become at the end: bubblewrap and its words.</param>
internal sealed record LaunchOptions(
    CString? Directory,
    (uint Uid, uint Gid)? User,
    (uint Uid, uint Gid)? Owner,
    CString? Masks,
    IReadOnlyList<LaunchBind> Binds,
    IReadOnlyList<CString> Command
)
{
    /// <exception cref="FormatException">They are not what the engine makes.</exception>
    public static LaunchOptions Parse(IReadOnlyList<CString> words)
    {
        LaunchOptions options = new(null, null, null, null, [], []);
        List<LaunchBind> binds = [];
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i].ToString())
            {
                case "--directory" when i + 1 < words.Count:
                    options = options with { Directory = words[++i] };
                    break;
                case "--user" when i + 1 < words.Count:
                    options = options with { User = Pair(words[++i]) };
                    break;
                case "--owner" when i + 1 < words.Count:
                    options = options with { Owner = Pair(words[++i]) };
                    break;
                case "--masks" when i + 1 < words.Count:
                    options = options with { Masks = words[++i] };
                    break;
                case "--mapped" or "--plain" when i + 2 < words.Count:
                    binds.Add(new LaunchBind(words[i + 1], words[i + 2], words[i].ToString() == "--mapped"));
                    i += 2;
                    break;
                case "--" when i + 1 < words.Count && IsWhole(options):
                    return options with { Binds = binds, Command = [.. words.Skip(i + 1)] };
                default:
                    throw new FormatException($"The launcher does not know '{words[i]}'.");
            }
        }

        throw new FormatException("The launcher was given no command.");
    }

    // Whoever stages does so as root, and must be told whom to become, which is never root.
    private static bool IsWhole(LaunchOptions options) =>
        options is { Directory: null, User: null } or { Directory: not null, User: { Uid: not 0, Gid: not 0 } };

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
