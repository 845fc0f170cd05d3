using Coop.Errors;
using Coop.Storage;

namespace Coop.TaskQueue;

/// <summary>Deals the open tasks of a queue into queues of their own, one after the other, byte for byte.</summary>
internal sealed class QueueSplit(BytePath root, TaskDocument document, int count, (uint Uid, uint Gid)? owner)
{
    public static BytePath PathOf(int number) => BytePath.From($".agent/TASKS.slice{number}.md");

    /// <summary>All are written, or none.</summary>
    /// <exception cref="UserError">A part is there already, or there are fewer open tasks than parts.</exception>
    public IReadOnlyList<(BytePath Path, int Tasks)> Write()
    {
        QueuedTask[] open = [.. document.Tasks.Where(task => task.State == TaskState.Todo)];
        if (count < 1 || count > open.Length)
        {
            throw UserError.Usage(
                $"{open.Length} open tasks cannot be dealt into {count} parts.",
                "See what is open: coop tasks list"
            );
        }

        var numbers = Enumerable.Range(1, count).ToArray();
        foreach (var path in numbers.Select(PathOf))
        {
            RefuseExisting(path);
        }

        List<(BytePath Path, int Tasks)> written = [];
        try
        {
            foreach (var number in numbers)
            {
                QueuedTask[] dealt = [.. open.Where((_, index) => index % count == number - 1)];
                TaskQueueFile file = new(root, PathOf(number));
                file.Write(TaskDocument.Parse(BytesOf(dealt), file.Path.ToString()), owner);
                written.Add((file.Path, dealt.Length));
            }
        }
        catch
        {
            written.ForEach(one => SafeWriter.Remove(root, one.Path));
            throw;
        }

        return written;
    }

    private void RefuseExisting(BytePath path)
    {
        using var top = OpenTree.OpenRoot(root);
        using var parent = OpenTree.OpenDirectory(top, path.Parent);
        if (parent is not null && OpenTree.TryStat(parent, path.Name, out _))
        {
            throw new UserError($"'{path}' is there already; nothing was written.", $"Move it away first: mv {path} {path}.old");
        }
    }

    private byte[] BytesOf(IReadOnlyList<QueuedTask> dealt)
    {
        List<byte> bytes = [];
        foreach (var task in dealt)
        {
            if (bytes.Count > 0 && bytes[^1] != '\n')
            {
                bytes.Add((byte)'\n');
            }

            bytes.AddRange(document.Bytes.Span[task.StartsAt..task.EndsAt]);
        }

        return [.. bytes];
    }
}
