using System.Text;

namespace Coop.Cli;

/// <summary>What the parser writes by itself (completions) goes through the terminal like everything else.</summary>
internal sealed class TerminalWriter(Action<string> write) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => write(value.ToString());

    public override void Write(string? value) => write(value ?? "");
}
