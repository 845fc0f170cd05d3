using Coop.Terminal;

namespace Coop.TaskQueue;

/// <summary>The letters of the states, and their meaning.</summary>
internal static class TaskLetters
{
    /// <summary>For messages.</summary>
    public const string Allowed = "[ ] todo, [w] claimed, [x] done, [B] blocked, [E] example";

    public static TaskState? StateOf(byte letter) =>
        letter switch
        {
            (byte)' ' => TaskState.Todo,
            (byte)'w' => TaskState.Claimed,
            (byte)'x' => TaskState.Done,
            (byte)'B' => TaskState.Blocked,
            (byte)'E' => TaskState.Example,
            _ => null,
        };

    public static byte LetterOf(TaskState state) =>
        state switch
        {
            TaskState.Todo => (byte)' ',
            TaskState.Claimed => (byte)'w',
            TaskState.Done => (byte)'x',
            TaskState.Blocked => (byte)'B',
            TaskState.Example => (byte)'E',
            _ => throw new InvalidOperationException($"No letter for {state}."),
        };

    /// <summary>Also the stable word of JSON documents.</summary>
    public static string WordOf(TaskState state) =>
        state switch
        {
            TaskState.Todo => "todo",
            TaskState.Claimed => "claimed",
            TaskState.Done => "done",
            TaskState.Blocked => "blocked",
            TaskState.Example => "example",
            _ => throw new InvalidOperationException($"No word for {state}."),
        };

    /// <summary>True for a task that waits to be worked, or is worked.</summary>
    public static bool IsOpen(TaskState state) => state is TaskState.Todo or TaskState.Claimed;

    /// <summary>A letter for people.</summary>
    public static string Show(byte letter) =>
        letter is > 0x20 and < 0x7f ? PlainText.CleanLine($"{(char)letter}") : $"\\x{letter:x2}";
}
