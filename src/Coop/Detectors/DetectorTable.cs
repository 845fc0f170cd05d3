using System.Globalization;
using System.Text;

namespace Coop.Detectors;

/// <summary>
/// Reads a table of detectors: a line <c>id: title</c> at the margin, then indented lines of a word and its value. <c>anchor</c> a literal of every value, where <c>\h</c> and
/// <c>\d</c> stand for one digit; <c>shape</c> see <see cref="ShapeParser"/>; <c>lead</c> bytes before the anchor; <c>near</c> words nearby; <c>name</c> and <c>tail</c> words and endings
/// of the name, for kinds without an anchor; <c>entropy</c>, <c>digits</c>, <c>check</c>; <c>source</c>; <c>example</c> and <c>not</c>, barred.
/// </summary>
internal static class DetectorTable
{
    public static IEnumerable<SecretDetector> Read(ReadOnlySpan<byte> table)
    {
        List<SecretDetector> detectors = [];
        List<(string Word, string Value)> entry = [];
        foreach (var range in table.Split((byte)'\n'))
        {
            var line = Encoding.UTF8.GetString(table[range]);
            if (line.Length > 0 && line[0] is not (' ' or '#'))
            {
                AddEntry(detectors, entry);
                entry.Clear();
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                entry.Add(("id", line[..colon]));
                entry.Add(("title", line[(colon + 2)..]));
            }
            else if (line.Length > 0 && line[0] == ' ')
            {
                var trimmed = line.TrimStart(' ');
                var blank = trimmed.IndexOf(' ', StringComparison.Ordinal);
                entry.Add((trimmed[..blank], trimmed[(blank + 1)..]));
            }
        }

        AddEntry(detectors, entry);
        return detectors;
    }

    private static void AddEntry(List<SecretDetector> detectors, List<(string Word, string Value)> entry)
    {
        if (entry.Count == 0)
        {
            return;
        }

        SecretDetector defaults = new(One("id"), One("title"), One("shape"), One("source"), One("example"), One("not"));
        detectors.Add(
            defaults with
            {
                Anchors = [.. entry.Where(line => line.Word == "anchor").SelectMany(line => Expand(line.Value))],
                Lead = Optional("lead") is { } lead ? int.Parse(lead, CultureInfo.InvariantCulture) : 0,
                Words = Words(Optional("name") ?? Optional("near")),
                Tails = Words(Optional("tail")),
                LeastEntropy = Optional("entropy") is { } entropy
                    ? double.Parse(entropy, CultureInfo.InvariantCulture)
                    : defaults.LeastEntropy,
                NeedsDigits = Optional("digits") is not null,
                Check = Optional("check") is { } check ? Enum.Parse<DetectorCheck>(check) : DetectorCheck.None,
            }
        );

        string One(string word) => Optional(word) ?? throw new FormatException($"A detector without '{word}': {entry[0].Value}.");

        string? Optional(string word) => entry.Where(line => line.Word == word).Select(line => line.Value).FirstOrDefault();
    }

    private static string[] Words(string? text) => text?.Split(' ') ?? [];

    private static IEnumerable<string> Expand(string anchor)
    {
        var at = anchor.IndexOf('\\', StringComparison.Ordinal);
        if (at < 0)
        {
            return [anchor];
        }

        var digits = anchor[at + 1] == 'h' ? "0123456789abcdef" : "0123456789";
        return digits.SelectMany(digit => Expand($"{anchor[..at]}{digit}{anchor[(at + 2)..]}"));
    }
}
