using System.Globalization;
using Coop.Native;

namespace Coop.Guest;

/// <summary>What the first process reads of itself from the kernel: the proof of the promises that engines are only asked for.</summary>
internal sealed record SelfReport(
    uint Uid,
    string EffectiveCapabilities,
    string BoundingCapabilities,
    string NoNewPrivileges,
    string FilterMode,
    uint? OwnerOfRepository
)
{
    /// <summary>Reads <c>/proc/self/status</c> (proc(5)).</summary>
    public static SelfReport Read(CString? ownedPath)
    {
        Dictionary<string, string> status = new(StringComparer.Ordinal);
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            var colon = line.IndexOf(':');
            if (colon > 0)
            {
                status[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        return new SelfReport(
            Unistd.getuid(),
            status.GetValueOrDefault("CapEff", "?"),
            status.GetValueOrDefault("CapBnd", "?"),
            status.GetValueOrDefault("NoNewPrivs", "?"),
            status.GetValueOrDefault("Seccomp", "?"),
            ownedPath is null ? null : FileQuestion.StatusOf(ownedPath)?.UserId
        );
    }

    /// <summary>The first promise that does not hold, as the end of a sentence; null when all do.</summary>
    public string? Problem(bool ownerMatters)
    {
        if (Uid == 0)
        {
            return "its user is root";
        }

        if (!IsZero(EffectiveCapabilities) || !IsZero(BoundingCapabilities))
        {
            return $"it holds capabilities (effective {EffectiveCapabilities}, bounding {BoundingCapabilities})";
        }

        if (NoNewPrivileges != "1")
        {
            return "set-uid programs could gain privileges";
        }

        if (FilterMode != "2")
        {
            return "no system-call filter is in force";
        }

        return ownerMatters && OwnerOfRepository != Uid
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"the repository's owner is {OwnerOfRepository?.ToString(CultureInfo.InvariantCulture) ?? "nobody"} inside, the box's user {Uid}: the engine maps users in a way Coop does not know"
            )
            : null;
    }

    private static bool IsZero(string hexadecimal) => hexadecimal.Length > 0 && hexadecimal.All(c => c == '0');
}
