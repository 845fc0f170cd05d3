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

    public void Error(string text) => Descriptor.WriteAll(2, Encoding.UTF8.GetBytes(text));
}
