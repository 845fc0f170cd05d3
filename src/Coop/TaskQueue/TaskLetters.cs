namespace Coop.TaskQueue;

/// <summary>The letters of <see cref="TaskState"/>.</summary>
internal static class TaskLetters
{
    // In the order of the enumeration.
    private const string Letters = " wxBE";

    /// <summary>For messages.</summary>
    public const string Allowed = "[ ] todo, [w] claimed, [x] done, [B] blocked, [E] example";

    public static byte Of(TaskState state) => (byte)Letters[(int)state];

    /// <summary>Null when the letter means nothing.</summary>
    public static TaskState? Find(byte letter) => Letters.IndexOf((char)letter) is >= 0 and var index ? (TaskState)index : null;
}
