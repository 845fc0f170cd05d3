using System.Globalization;
using System.Text;
using Coop.Terminal;

namespace Coop.TaskQueue;

/// <summary>The queue for people.</summary>
internal static class TaskListText
{
    public static string Render(TaskDocument document)
    {
        StringBuilder text = new();
        var width = Math.Max(1, document.Tasks.Count.ToString(CultureInfo.InvariantCulture).Length);
        text.Append(CultureInfo.InvariantCulture, $"{"N".PadLeft(width)}  {"STATE", -7}  TITLE\n");
        foreach (var task in document.Tasks)
        {
            var number = (task.Index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{number}  {TaskLetters.WordOf(task.State), -7}  {PlainText.CleanLine(task.Title)}"
            );
            text.Append('\n');
        }

        var counts = Enum.GetValues<TaskState>()
            .Select(state => (state, Count: document.Tasks.Count(task => task.State == state)))
            .Where(one => one.Count > 0)
            .Select(one => $"{one.Count} {TaskLetters.WordOf(one.state)}");
        return text.Append('\n')
            .Append(document.Tasks.Count == 0 ? "no tasks" : string.Join(", ", counts))
            .Append('\n')
            .ToString();
    }
}
