using Xunit;

namespace Coop.BoxTests.TestKit;

/// <summary>The rigs as theory data.</summary>
public static class BoxRigs
{
    private static readonly BoxRig[] Every =
    [
        .. Enum.GetValues<Engine>()
            .SelectMany(engine => Enum.GetValues<CallerKind>().Select(caller => new BoxRig(engine, caller))),
    ];

    public static TheoryData<BoxRig> All => [.. Every];

    /// <summary>Those that have images, labels and a list of what runs.</summary>
    public static TheoryData<BoxRig> Containers => [.. Every.Where(rig => rig.HasContainers)];

    /// <summary>Every rig in the caller's own repository; root also in the repositories of others.</summary>
    public static TheoryData<BoxRig, TreeOwner> WithOwners
    {
        get
        {
            var rows = new TheoryData<BoxRig, TreeOwner>();
            foreach (var rig in Every)
            {
                rows.Add(rig, TreeOwner.Caller);
                if (rig.Caller == CallerKind.Root)
                {
                    rows.Add(rig, TreeOwner.Uid1000);
                    rows.Add(rig, TreeOwner.Ordinary);
                }
            }
            return rows;
        }
    }

    public static TheoryData<BoxRig, T> With<T>(params T[] values)
    {
        var rows = new TheoryData<BoxRig, T>();
        foreach (var rig in Every)
        {
            foreach (var value in values)
            {
                rows.Add(rig, value);
            }
        }
        return rows;
    }
}
