using System.Text;
using Coop.Native;

namespace Coop.Terminal;

/// <summary>
/// The real streams, written without the runtime's console: that one switches a terminal into keypad mode and does not switch it back.
/// </summary>
/// <param name="noColor"><c>NO_COLOR</c> is set and not empty, or <c>TERM</c> is <c>dumb</c>.</param>
internal sealed class SystemTerminal(bool noColor) : ITerminal
{
    public bool InputIsTerminal { get; } = Unistd.isatty(0) == 1;

    public bool OutputIsTerminal { get; } = Unistd.isatty(1) == 1;

    public bool ErrorIsTerminal { get; } = Unistd.isatty(2) == 1;

    public bool ErrorHasColor => ErrorIsTerminal && !noColor;

    public void Out(string text)
    {
        var failure = Descriptor.WriteAll(1, Encoding.UTF8.GetBytes(text));
        if (failure != 0)
        {
            throw new OutputClosedException(-failure == Errno.EPIPE, Errno.Text(-failure));
        }
    }

    public string? ReadLine()
    {
        // Byte by byte: what stands behind the line belongs to whoever reads next.
        List<byte> line = [];
        Span<byte> one = stackalloc byte[1];
        while (Descriptor.Read(0, one) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]);
            }

            line.Add(one[0]);
        }

        return line.Count == 0 ? null : Encoding.UTF8.GetString([.. line]);
    }

    public void Error(string text) => Descriptor.WriteAll(2, Encoding.UTF8.GetBytes(text));
}
