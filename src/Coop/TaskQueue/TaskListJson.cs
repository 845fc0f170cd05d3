using System.Text.Json;
using Coop.Terminal;

namespace Coop.TaskQueue;

/// <summary>The queue as one JSON document. Names and words are for scripts and stay.</summary>
internal static class TaskListJson
{
    public static string Render(TaskDocument document) =>
        JsonSerializer.Serialize(
            new Document([
                .. document.Tasks.Select(task => new Row(
                    task.Index + 1,
                    TaskLetters.WordOf(task.State),
                    PlainText.CleanLine(task.Title),
                    task.Line
                )),
            ]),
            TaskQueueJsonContext.Default.Document
        ) + "\n";

    internal sealed record Document(IReadOnlyList<Row> Tasks);

    internal sealed record Row(int Number, string State, string Title, int Line);
}
