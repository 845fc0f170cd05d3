namespace Coop.Terminal;

/// <summary>Lines for people, in the one form they have.</summary>
internal static class TerminalWords
{
    /// <summary>A line on standard error behind Coop's name.</summary>
    public static void Say(this ITerminal terminal, string line) => terminal.Error($"coop: {line}\n");
}
