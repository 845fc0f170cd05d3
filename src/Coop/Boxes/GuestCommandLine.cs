using System.Globalization;
using Coop.Formats;
using Coop.Native;

namespace Coop.Boxes;

/// <summary>The words that make Coop's own file the box's first process.</summary>
internal static class GuestCommandLine
{
    /// <param name="carriesBytes">The engine passes arguments on as bytes; others store them as JSON, so what is not UTF-8 must be escaped.</param>
    /// <param name="makesTerminal">The engine makes no terminal of its own.</param>
    public static IReadOnlyList<CString> For(BoxPlan plan, bool carriesBytes, bool makesTerminal)
    {
        List<CString> words = [CString.From(GuestProtocol.InitVerb)];
        if (plan.LineDirectory is not null)
        {
            words.Add(CString.From("--line"));
        }

        if (makesTerminal && plan.HasTerminal)
        {
            words.Add(CString.From("--terminal"));
        }

        if (plan.User.MapsUsers && plan.Limits.Pids.Value is { } processes)
        {
            words.AddRange([CString.From("--processes"), CString.From(processes.ToString(CultureInfo.InvariantCulture))]);
        }

        if (plan.LineDirectory is not null && plan.HostPorts.Count > 0)
        {
            var ports = string.Join(',', plan.HostPorts.Select(port => port.ToString(CultureInfo.InvariantCulture)));
            words.AddRange([CString.From("--ports"), CString.From(ports)]);
        }

        if (plan.Tools is not null)
        {
            words.Add(CString.From("--tools"));
        }

        words.Add(CString.From("--owned"));
        words.Add(EscapedWord.Escape(CString.From(plan.Repository.Bytes)));
        var escapes = !carriesBytes && plan.Command.Any(word => !word.IsUtf8);
        if (escapes)
        {
            words.Add(CString.From("--escaped"));
        }

        words.Add(CString.From("--"));
        words.AddRange(escapes ? plan.Command.Select(EscapedWord.Escape) : plan.Command);
        return words;
    }
}
