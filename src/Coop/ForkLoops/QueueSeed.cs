using System.Text;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.Terminal;

namespace Coop.ForkLoops;

/// <summary>The file that a fork's queue is copied from.</summary>
/// <param name="Shown">As the user typed it, clean.</param>
internal sealed record QueueSeed(string Shown, TaskDocument Document)
{
    /// <summary>By which the same file is known later.</summary>
    public string Mark => Digest.Of(Document.Bytes.Span);

    /// <summary>Reads it. In the repository no link is followed, since a box could have put it there; elsewhere none at the end.</summary>
    /// <param name="word">As it was typed, relative to the current directory.</param>
    /// <exception cref="UserError">It is no queue with a task, or boxes must not see it; exit 2 but for what cannot be read.</exception>
    public static QueueSeed Read(ForkDesk desk, string word)
    {
        var shown = PlainText.CleanLine(word);
        var working = desk.Doors.Host.WorkingDirectory;
        var full = BytePath.From(Encoding.UTF8.GetBytes(Path.GetFullPath(word, ForkPlaces.Text(working))));
        var repository = desk.Location.Root;
        var isInside = full.IsWithin(repository) && !full.Equals(repository);
        var root = isInside ? repository : full.Parent;
        var path = BytePath.From(full.Bytes[(root.Length + (root.Length > 1 ? 1 : 0))..]);
        if (isInside && desk.HiddenNames().Judge(path) is not null)
        {
            throw UserError.Usage($"'{shown}' is hidden from boxes.", "Take another file; why it is hidden tells: coop hidden");
        }

        var document =
            new TaskQueueFile(root, path).Read()
            ?? throw UserError.Usage(
                $"There is no file '{shown}'.",
                "Name the file that holds the tasks: --tasks .agent/TASKS.md"
            );
        return document.Tasks.Any(task => task.IsOpen)
            ? new QueueSeed(shown, document)
            : throw UserError.Usage($"'{shown}' has no open task.", "A task is a line such as: - [ ] Mend the login");
    }
}
