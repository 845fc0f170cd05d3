namespace Coop.Boxes;

/// <summary>What a box asks of whoever looks after its promises on the host: before the start, and when the box is gone.</summary>
internal interface IBoxGuard
{
    /// <summary>Notes in the run's directory what must be the same afterwards; also for whoever sweeps after a Coop that was killed.</summary>
    Task PrepareAsync(BoxPlan plan, string runDirectory, CancellationToken cancellationToken);

    /// <summary>
    /// Compares, searches, and moves what is dangerous out of git's way. Until this is done Coop starts no git in the repository. Returns lines for the
    /// user; empty when there is nothing to say or nothing was noted.
    /// </summary>
    Task<GuardReport> InspectAsync(string runDirectory, CancellationToken cancellationToken);
}
