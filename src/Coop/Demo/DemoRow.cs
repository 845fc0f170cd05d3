namespace Coop.Demo;

/// <summary>One line of the demo's table.</summary>
/// <param name="What">What the agent tried.</param>
/// <param name="Saw">What it got.</param>
internal sealed record DemoRow(string What, string Saw, bool Held);
