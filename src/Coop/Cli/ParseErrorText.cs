using System.CommandLine;
using Coop.Errors;
using Coop.Formats;

namespace Coop.Cli;

/// <summary>One sentence and one hint for a command line that cannot be understood. The parser's own first error often names a consequence.</summary>
internal static class ParseErrorText
{
    public static UserError From(ParseResult parse, RootCommand root)
    {
        var command = parse.CommandResult.Command;
        var word = parse.UnmatchedTokens.Count > 0 ? parse.UnmatchedTokens[0] : null;
        if (word is not null && command is RootCommand && !word.StartsWith('-'))
        {
            return UserError.Usage(
                $"Coop has no command '{Terminal.PlainText.CleanLine(word)}'.",
                NearestWord.Find(word, CommandNames.Of(root)) is { } near
                    ? $"Did you mean: coop {near}"
                    : "All commands: coop help"
            );
        }

        var name = CommandNames.Typed(command);
        var help =
            command is RootCommand ? "See: coop help"
            : command.Parents.OfType<RootCommand>().Any() ? $"See: coop help {command.Name}"
            : $"See: {name} --help";
        if (word is not null)
        {
            var known = word.StartsWith('-')
                ? command.Options.Concat(root.Options).SelectMany(option => option.Aliases.Append(option.Name))
                : [];
            return UserError.Usage(
                $"{name} does not know '{Terminal.PlainText.CleanLine(word)}'.",
                NearestWord.Find(word, known) is { } near ? $"Did you mean: {name} {near}" : help
            );
        }

        return UserError.Usage($"{name}: {Terminal.PlainText.CleanLine(parse.Errors[0].Message)}", help);
    }
}
