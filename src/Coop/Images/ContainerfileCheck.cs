using System.Text;
using System.Text.Json;
using Coop.Errors;
using Coop.Formats;
using Coop.Terminal;

namespace Coop.Images;

/// <summary>
/// What a repository's own <c>Dockerfile.agent</c> may not ask of the machine that builds it: another program as builder, the host's network, a fetch that the engine itself makes
/// from the host's place.
/// </summary>
internal static class ContainerfileCheck
{
    /// <exception cref="UserError">It asks for one of these; names file and line.</exception>
    public static void Check(string file, ReadOnlySpan<byte> content)
    {
        var text = Encoding.UTF8.GetString(content).TrimStart('\uFEFF');
        CheckFrontend(file, text);

        // A directive may choose the other sign of continuation: what is forbidden is so by each reading.
        foreach (var continuation in (char?[])[null, '\\', '`'])
        {
            CheckInstructions(file, text, continuation);
        }
    }

    private static void CheckInstructions(string file, string text, char? continuation)
    {
        var number = 0;
        StringBuilder instruction = new();
        var first = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var trimmed = line.Trim();
            if (trimmed.StartsWith('#') || trimmed.Length == 0)
            {
                continue;
            }

            first = instruction.Length == 0 ? number : first;
            var goesOn = trimmed[^1] == continuation;
            instruction.Append(goesOn ? trimmed[..^1] : trimmed).Append(' ');
            if (!goesOn)
            {
                CheckInstruction(new TextPlace(file, first), instruction.ToString());
                instruction.Clear();
            }
        }

        if (instruction.Length > 0)
        {
            CheckInstruction(new TextPlace(file, first), instruction.ToString());
        }
    }

    // Where BuildKit looks for it: comments at the start with # or //, behind a line that names an interpreter, or the whole file as JSON.
    private static void CheckFrontend(string file, string text)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var trimmed = line.Trim();
            var comment = trimmed.StartsWith("//", StringComparison.Ordinal) ? trimmed[2..] : trimmed.TrimStart('#');
            if (trimmed.Length > 0 && comment.Length == trimmed.Length)
            {
                break;
            }

            var words = comment.Split('=', 2);
            if (words.Length == 2 && words[0].Trim().Equals("syntax", StringComparison.OrdinalIgnoreCase))
            {
                throw Frontend(new TextPlace(file, number), words[1].Trim());
            }
        }

        if (text.TrimStart().StartsWith('{') && SyntaxOfJson(text) is { } named)
        {
            throw Frontend(new TextPlace(file, 1), named);
        }
    }

    private static string? SyntaxOfJson(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text.TrimStart()));
            using var document = JsonDocument.ParseValue(ref reader);
            return document
                .RootElement.EnumerateObject()
                .Where(property => property.Name.Equals("syntax", StringComparison.OrdinalIgnoreCase))
                .Select(property => property.Value.ToString())
                .FirstOrDefault();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void CheckInstruction(TextPlace place, string instruction)
    {
        var words = instruction.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words is ["ONBUILD" or "onbuild", ..])
        {
            words = words[1..];
        }

        var isRun = words is [var run, ..] && run.Equals("RUN", StringComparison.OrdinalIgnoreCase);
        if (isRun && Array.Find(words, IsOpening) is { } option)
        {
            throw ConfigError.At(
                place,
                $"'{PlainText.CleanLine(option)}' opens the machine that builds",
                "Remove the option; a build has the network of a container."
            );
        }

        var isAdd = words is [var add, ..] && add.Equals("ADD", StringComparison.OrdinalIgnoreCase);
        if (isAdd && Array.Find(words[1..], IsRemote) is { } source)
        {
            throw ConfigError.At(
                place,
                $"ADD would fetch '{PlainText.CleanLine(source)}' from this machine's own place in the network",
                "Fetch it in the container: RUN curl -fsSLo <file> <address>"
            );
        }
    }

    private static bool IsOpening(string word) =>
        (word.StartsWith("--network=", StringComparison.OrdinalIgnoreCase) && !word.EndsWith("=none", StringComparison.Ordinal))
        || word.StartsWith("--security=", StringComparison.OrdinalIgnoreCase);

    // A variable may stand for an address.
    private static bool IsRemote(string word) =>
        word.Contains("://", StringComparison.Ordinal)
        || word.Contains('$')
        || word.StartsWith("git@", StringComparison.OrdinalIgnoreCase);

    private static UserError Frontend(TextPlace place, string named) =>
        ConfigError.At(
            place,
            $"'syntax={PlainText.CleanLine(named)}' would hand the build to a program fetched from elsewhere",
            "Remove the line; Coop builds with the engine's own."
        );
}
