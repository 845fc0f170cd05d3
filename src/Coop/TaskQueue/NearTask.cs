namespace Coop.TaskQueue;

/// <summary>A line that looks like a task and is none.</summary>
/// <param name="Line">From 1.</param>
internal sealed record NearTask(int Line, string Problem);
