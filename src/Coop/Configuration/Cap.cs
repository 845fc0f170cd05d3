namespace Coop.Configuration;

/// <summary>A limit of the box.</summary>
/// <param name="Value">Null is no limit.</param>
/// <param name="IsExplicit">The user asked for it: an engine that cannot set it refuses. A default is only warned of.</param>
internal readonly record struct Cap<T>(T? Value, bool IsExplicit)
    where T : struct;
