namespace Coop.Boxes;

/// <summary>Numbers of a user and a group.</summary>
internal readonly record struct UserAndGroup(uint Uid, uint Gid)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Uid}:{Gid}");
}
