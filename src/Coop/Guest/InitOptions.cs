using System.Globalization;
using Coop.Formats;
using Coop.Native;

namespace Coop.Guest;

/// <summary>The words of the box's first process.</summary>
/// <param name="HasLine">A lifeline is mounted: report, wait for the start, end with it. Without one (a command pasted from <c>--dry-run</c>) the box runs alone.</param>
/// <param name="MakesTerminal">Make a terminal of the box's own and relay the inherited one to it.</param>
/// <param name="Processes">How many processes the box's user namespace may have; null is no limit, or the engine's.</param>
/// <param name="OwnedPath">A directory that must belong to the box's user, else the engine maps users in a way that would spoil owners on disk.</param>
/// <param name="Ports">Ports of the host's loopback to be served in the box.</param>
/// <param name="HasTools">The tools of <c>.tool-versions</c> are mounted: point mise and asdf there, unless the image has a place of its own.</param>
/// <param name="Command">What to run; never empty.</param>
internal sealed record InitOptions(
    bool HasLine,
    bool MakesTerminal,
    int? Processes,
    CString? OwnedPath,
    IReadOnlyList<int> Ports,
    bool HasTools,
    IReadOnlyList<CString> Command
)
{
    private const string LineOption = "--line";
    private const string TerminalOption = "--terminal";
    private const string ProcessesOption = "--processes";
    private const string OwnedOption = "--owned";
    private const string PortsOption = "--ports";
    private const string ToolsOption = "--tools";
    private const string EscapedOption = "--escaped";

    /// <summary>The words behind the verb.</summary>
    /// <exception cref="FormatException">They are not what <c>GuestCommandLine</c> makes.</exception>
    public static InitOptions Parse(IReadOnlyList<CString> words)
    {
        InitOptions options = new(false, false, null, null, [], false, []);
        var escaped = false;
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i].ToString())
            {
                case LineOption:
                    options = options with { HasLine = true };
                    break;
                case TerminalOption:
                    options = options with { MakesTerminal = true };
                    break;
                case ProcessesOption
                    when i + 1 < words.Count
                        && int.TryParse(words[i + 1].ToString(), CultureInfo.InvariantCulture, out var limit):
                    options = options with { Processes = limit };
                    i++;
                    break;
                case OwnedOption when i + 1 < words.Count:
                    options = options with { OwnedPath = EscapedWord.Unescape(words[++i]) };
                    break;
                case PortsOption when i + 1 < words.Count:
                    options = options with { Ports = Numbers(words[++i]) };
                    break;
                case ToolsOption:
                    options = options with { HasTools = true };
                    break;
                case EscapedOption:
                    escaped = true;
                    break;
                case "--" when i + 1 < words.Count:
                    var rest = words.Skip(i + 1);
                    return options with { Command = [.. escaped ? rest.Select(EscapedWord.Unescape) : rest] };
                default:
                    throw new FormatException($"The box's first process does not know '{words[i]}'.");
            }
        }

        throw new FormatException("The box's first process was given no command.");
    }

    private static IReadOnlyList<int> Numbers(CString word) =>
        [.. word.ToString().Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
}
