using System.CommandLine;
using System.Globalization;
using Coop.Agents;

namespace Coop.Cli;

/// <summary>What can follow an unfinished command line, for the shells' completion scripts: <c>coop [suggest:POSITION] LINE</c>.</summary>
internal static class Suggestions
{
    private const string Directive = "[suggest:";

    /// <summary>One suggestion a line; null when the words ask for none.</summary>
    public static string? Answer(RootCommand root, IReadOnlyList<string> words)
    {
        if (
            words is not [var directive, var line]
            || !directive.StartsWith(Directive, StringComparison.Ordinal)
            || !int.TryParse(directive.AsSpan(Directive.Length).TrimEnd(']'), CultureInfo.InvariantCulture, out var position)
        )
        {
            return null;
        }

        // The first word is Coop itself, however it was called.
        var typed = line[..Math.Clamp(position, 0, line.Length)];
        var space = typed.IndexOf(' ');
        var rest = space < 0 ? "" : typed[(space + 1)..].TrimStart();
        var suggestions = root.Parse(rest, new ParserConfiguration { ResponseFileTokenReplacer = null })
            .GetCompletions(rest.Length)
            .Select(completion => completion.Label);
        if (!rest.Contains(' '))
        {
            suggestions = suggestions.Concat(
                AgentCatalog.All.Select(agent => agent.Name).Where(name => name.StartsWith(rest, StringComparison.Ordinal))
            );
        }

        return string.Concat(suggestions.Order(StringComparer.Ordinal).Select(suggestion => suggestion + "\n"));
    }
}
