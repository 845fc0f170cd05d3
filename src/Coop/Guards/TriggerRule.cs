namespace Coop.Guards;

/// <summary>One kind of file that the host runs by itself; see <see cref="HostTriggers"/>.</summary>
/// <param name="place">The directory: of a rule for a name, the end of the path before it, empty for any; else the one that holds the files.</param>
/// <param name="danger">From 1 to 4, as in <see cref="Boxes.HostTrigger"/>.</param>
/// <param name="when">When the host runs it.</param>
internal sealed class TriggerRule(byte[] place, int danger, string when)
{
    public ReadOnlySpan<byte> Place => place;

    public int Danger => danger;

    public string When => when;
}
