using System.Text.Json;
using Coop.LoopDecisions;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>Finds an auditor's verdicts in its answer. Pure.</summary>
internal static class VerdictReader
{
    private const int MostReasonLength = 300;

    /// <summary>The last verdict on each task, from lines that are JSON documents of the form that the auditor was told; whatever else it says is passed over.</summary>
    /// <param name="count">Tasks in the queue.</param>
    public static IReadOnlyList<Verdict> Read(string answer, int count)
    {
        Dictionary<int, Verdict> verdicts = [];
        foreach (var line in answer.Split('\n'))
        {
            if (Parse(line.Trim(), count) is { } verdict)
            {
                verdicts[verdict.Task] = verdict;
            }
        }

        return [.. verdicts.Values.OrderBy(verdict => verdict.Task)];
    }

    private static Verdict? Parse(string line, int count)
    {
        if (line is not ['{', .., '}'])
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (
                !root.TryGetProperty("task", out var task)
                || task.ValueKind != JsonValueKind.Number
                || !task.TryGetInt32(out var number)
                || number < 1
                || number > count
                || !root.TryGetProperty("holds", out var holds)
                || holds.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            )
            {
                return null;
            }

            var reason =
                root.TryGetProperty("reason", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
            var clean = PlainText.CleanLine(reason).Trim();
            return new Verdict(
                number - 1,
                holds.GetBoolean(),
                clean.Length > MostReasonLength ? clean[..MostReasonLength] : clean
            );
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
