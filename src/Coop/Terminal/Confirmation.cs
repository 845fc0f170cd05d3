namespace Coop.Terminal;

/// <summary>Asks a person for a yes. Where there is nobody to ask, the answer is no.</summary>
internal static class Confirmation
{
    /// <param name="question">Without the choice behind it.</param>
    public static bool Ask(ITerminal terminal, string question)
    {
        if (!terminal.InputIsTerminal || !terminal.ErrorIsTerminal)
        {
            return false;
        }

        terminal.Error($"coop: {question} [y/N] ");
        return terminal.ReadLine()?.Trim() is "y" or "Y" or "yes" or "Yes" or "YES";
    }
}
