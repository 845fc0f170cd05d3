using System.Text;
using Coop.Storage;

namespace Coop.TaskQueue;

/// <summary>The questions that blocked tasks wait for.</summary>
internal static class PendingDecisions
{
    public static readonly BytePath Path = BytePath.From(".agent/PENDING_DECISIONS.md");

    /// <summary>True when a line of the file names the task by its whole title.</summary>
    /// <param name="file">The bytes; null when there is no such file.</param>
    public static bool Names(ReadOnlySpan<byte> file, string title) =>
        title.Length > 0 && file.IndexOf(Encoding.UTF8.GetBytes(title)) >= 0;
}
