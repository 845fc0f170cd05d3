using Coop.Boxes;
using Coop.Configuration;

namespace Coop.LiveBoxes;

/// <summary>Judges by what was read back whether a box's caps hold.</summary>
internal static class LimitProof
{
    /// <summary>What does not hold: an explicit cap refuses the box, a default one is only warned of.</summary>
    /// <param name="processLimit">The limit on processes of the box's own user namespace; null where there is none.</param>
    public static LimitVerdict Judge(BoxLimits limits, CgroupLimits found, long? processLimit)
    {
        List<string> refusals = [];
        List<string> warnings = [];
        Check(limits.Pids, SettingCatalog.Pids, limits.Pids.Value is { } pids && (found.Pids <= pids || processLimit <= pids));

        // Kernels round a memory limit down to whole pages.
        Check(
            limits.Memory,
            SettingCatalog.Memory,
            limits.Memory.Value is { } memory && found.Memory is { } bytes && bytes <= memory
        );
        Check(
            limits.Cpus,
            SettingCatalog.Cpus,
            limits.Cpus.Value is { } cpus && found.Cpus is { } processors && processors <= cpus + 0.01m
        );
        return new LimitVerdict(refusals, warnings);

        void Check<T>(Cap<T> cap, string key, bool holds)
            where T : struct
        {
            if (cap.Value is not null && !holds)
            {
                (cap.IsExplicit ? refusals : warnings).Add(key);
            }
        }
    }
}
