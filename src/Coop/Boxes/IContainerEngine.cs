using Coop.Configuration;
using Coop.Errors;
using Coop.Processes;

namespace Coop.Boxes;

/// <summary>What a box asks of whatever runs it.</summary>
internal interface IContainerEngine
{
    EngineKind Kind { get; }

    /// <summary>The command that starts the box. Pure: the same plan gives the same words.</summary>
    /// <exception cref="UserError">The engine's arguments cannot carry a name of the plan, or it cannot keep one of its limits.</exception>
    ProcessSpec Render(BoxPlan plan);

    /// <summary>True when the engine's own messages come on the client's standard error before the box runs and are to be held back until it does.</summary>
    bool ReportsOnStandardError { get; }

    /// <summary>Null when the engine answers, otherwise why it does not.</summary>
    Task<UserError?> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Mends what a start can be missing (a network of Coop's). True when the start is worth another try.</summary>
    Task<bool> RepairAsync(BoxPlan plan, string messages, CancellationToken cancellationToken);

    /// <summary>Why the box did not start, from what the engine printed.</summary>
    Task<UserError> ExplainAsync(BoxPlan plan, int exitCode, string messages, CancellationToken cancellationToken);

    /// <summary>Completes a started box from outside before its command runs (its network). Disposed when the box has ended; null when there is nothing to do.</summary>
    /// <param name="processId">The box's first process, as this process's namespace numbers it; null when the kernel does not tell.</param>
    /// <exception cref="UserError">It cannot be completed; the box does not start.</exception>
    IDisposable? Attach(BoxPlan plan, int? processId);

    /// <summary>Removes a container by name, running or not; nothing when there is none.</summary>
    Task RemoveAsync(string name, CancellationToken cancellationToken);
}
