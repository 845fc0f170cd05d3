namespace Coop.Guest;

/// <summary>Exit codes of the box's first process when the command never ran: 126 and 127 as shells use them, 125 as engines do.</summary>
internal static class GuestExit
{
    public const int BoxBroken = 125;
    public const int CannotExecute = 126;
    public const int NotFound = 127;
}
