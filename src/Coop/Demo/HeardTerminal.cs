using System.Text;
using Coop.Terminal;

namespace Coop.Demo;

/// <summary>A terminal at which nobody sits: keeps what is said, so that the demo tells of it in its own words.</summary>
internal sealed class HeardTerminal : ITerminal
{
    private readonly StringBuilder output = new();

    public bool InputIsTerminal => false;

    public bool OutputIsTerminal => false;

    public bool ErrorIsTerminal => false;

    public bool ErrorHasColor => false;

    /// <summary>All of standard output.</summary>
    public string Output => output.ToString();

    public void Out(string text) => output.Append(text);

    public string? ReadLine() => null;

    public void Error(string text) { }
}
