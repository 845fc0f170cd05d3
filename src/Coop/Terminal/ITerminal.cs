namespace Coop.Terminal;

/// <summary>What a person or a script sees of Coop. Results go to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
internal interface ITerminal
{
    bool InputIsTerminal { get; }

    bool OutputIsTerminal { get; }

    bool ErrorIsTerminal { get; }

    /// <summary>Colour may be used on standard error: a terminal, no <c>NO_COLOR</c>, no <c>TERM=dumb</c>.</summary>
    bool ErrorHasColor { get; }

    /// <summary>Writes text to standard output as it is. Throws <see cref="OutputClosedException"/> when nobody reads it any more.</summary>
    void Out(string text);

    /// <summary>A line from standard input without its end; null at the end of input.</summary>
    string? ReadLine();

    /// <summary>Writes text to standard error as it is; a closed one is passed over, since there is nowhere left to say so.</summary>
    void Error(string text);
}
