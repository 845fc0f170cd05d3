using Coop.Configuration;

namespace Coop.Boxes;

/// <summary>The box's caps.</summary>
/// <param name="Memory">Bytes.</param>
internal sealed record BoxLimits(Cap<int> Pids, Cap<long> Memory, Cap<decimal> Cpus);
