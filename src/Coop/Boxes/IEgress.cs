namespace Coop.Boxes;

/// <summary>What a box asks of whoever lets it out besides the engine's network.</summary>
internal interface IEgress
{
    /// <summary>Opens what the plan grants, before the box starts. Disposed when the box has ended; null when the plan grants nothing.</summary>
    /// <param name="lineDirectory">The directory on the host that the box sees as <see cref="Formats.GuestProtocol.LineDirectory"/>.</param>
    /// <exception cref="Errors.UserError">It cannot be opened; the box must not start.</exception>
    IDisposable? Open(BoxPlan plan, string lineDirectory);
}
