using Coop.Native;

namespace Coop.Guest;

/// <summary>One source the launcher stages.</summary>
/// <param name="IsMapped">Its owner on disk is shown as the box's user.</param>
internal sealed record LaunchBind(CString Source, CString At, bool IsMapped);
