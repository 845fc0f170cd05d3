using System.Text;
using Coop.Terminal;

namespace Coop.TestKit;

/// <summary>A terminal that keeps what it was told.</summary>
internal sealed class RecordedTerminal : ITerminal
{
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public bool ErrorHasColor { get; init; }

    /// <summary>Thrown by every write to standard output; null takes them.</summary>
    public OutputClosedException? Closed { get; init; }

    /// <summary>What a person types, a line at a time; nobody is there when it is empty.</summary>
    public Queue<string> Answers { get; init; } = new();

    public string Output => output.ToString();

    public string ErrorOutput => error.ToString();

    /// <summary>How often something was written to standard error.</summary>
    public int ErrorWrites { get; private set; }

    public void Out(string text)
    {
        if (Closed is not null)
        {
            throw Closed;
        }

        output.Append(text);
    }

    public string? ReadLine() => Answers.TryDequeue(out var line) ? line : null;

    public void Error(string text)
    {
        ErrorWrites++;
        error.Append(text);
    }
}
