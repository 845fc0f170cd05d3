using System.Globalization;
using System.Text;
using Coop.AgentEvents;
using Coop.Errors;
using Coop.Storage;

namespace Coop.Loops;

/// <summary>
/// What models cost, for agents that do not tell: US dollars for a million tokens, input, cached input and output, as the providers published them by the end of 2025.
/// The user's own file <c>prices</c> beside the agents' settings goes before it: a line <c>MODEL INPUT CACHED OUTPUT</c> each.
/// </summary>
internal sealed class PriceTable
{
    private const string FileName = "prices";
    private const int MostFileBytes = 256 * 1024;
    private const decimal Million = 1_000_000;

    private static readonly Dictionary<string, Price> Published = new(StringComparer.Ordinal)
    {
        ["gpt-5"] = new(1.25m, 0.125m, 10m),
        ["gpt-5-codex"] = new(1.25m, 0.125m, 10m),
        ["gpt-5-mini"] = new(0.25m, 0.025m, 2m),
        ["gemini-2.5-pro"] = new(1.25m, 0.31m, 10m),
        ["gemini-2.5-flash"] = new(0.30m, 0.075m, 2.50m),
    };

    private readonly Dictionary<string, Price> prices;

    private PriceTable(Dictionary<string, Price> prices) => this.prices = prices;

    /// <exception cref="UserError">The user's file holds a line that is no price.</exception>
    public static PriceTable Read(string configDirectory)
    {
        var path = Path.Combine(configDirectory, FileName);
        Dictionary<string, Price> all = new(Published, StringComparer.Ordinal);
        byte[]? content;
        try
        {
            content = BoundedFile.Read(path, MostFileBytes);
        }
        catch (IOException cause)
        {
            throw UserError.Usage($"'{path}' {cause.Message}.", "Make it a readable text file, or remove it.");
        }

        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(content ?? []).Split('\n'))
        {
            number++;
            var words = line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            if (words is not [var model, var input, var cached, var output] || Parse(input, cached, output) is not { } price)
            {
                throw UserError.Usage(
                    $"{path}:{number} is no price.",
                    "A line is: MODEL INPUT CACHED OUTPUT, in US dollars for a million tokens, such as gpt-5 1.25 0.125 10"
                );
            }

            all[model] = price;
        }

        return new PriceTable(all);
    }

    public bool Knows(string model) => prices.ContainsKey(model);

    /// <summary>US dollars; null when the model is not known.</summary>
    public decimal? CostOf(string? model, TokenUsage tokens) =>
        model is not null && prices.TryGetValue(model, out var price)
            ? (
                (tokens.Input - tokens.CachedInput) * price.Input
                + tokens.CachedInput * price.Cached
                + tokens.Output * price.Output
            ) / Million
            : null;

    private static Price? Parse(string input, string cached, string output) =>
        Number(input) is { } one && Number(cached) is { } two && Number(output) is { } three ? new(one, two, three) : null;

    private static decimal? Number(string word) =>
        decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
