namespace Coop.Loops;

/// <summary>US dollars for a million tokens.</summary>
internal readonly record struct Price(decimal Input, decimal Cached, decimal Output);
