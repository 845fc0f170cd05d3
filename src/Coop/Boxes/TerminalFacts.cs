namespace Coop.Boxes;

/// <summary>The terminal Coop was started in.</summary>
/// <param name="IsInteractive">Standard input and output are both terminals. A redirected output would get the terminal's line ends and colours.</param>
internal sealed record TerminalFacts(bool IsInteractive, string? Type, string? ColorType);
