namespace Coop.Boxes;

/// <summary>A variable of the box that may be shown to anybody: it becomes part of the engine's arguments.</summary>
internal sealed record BoxVariable(string Name, string Value);
