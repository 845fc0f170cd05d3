namespace Coop.BoxPlanning;

/// <summary>The terminal Coop was started in.</summary>
/// <param name="OutputIsTerminal">Otherwise a terminal of an engine's would put its line ends, colours and error messages into the user's file.</param>
internal sealed record TerminalFacts(bool InputIsTerminal, bool OutputIsTerminal, string? Type, string? ColorType);
