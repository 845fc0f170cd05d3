using System.Text;

namespace Coop.Init;

/// <summary>The texts that <c>coop init</c> writes, embedded in the program.</summary>
internal static class Templates
{
    /// <summary>The skills: each is a directory of this name, and a template of this name with <c>.md</c>.</summary>
    public static readonly string[] Skills = ["hand-over", "plan-task", "record-decision", "review-change", "work-task"];

    /// <param name="name">As the file is called in the room's directory of templates.</param>
    public static string Read(string name)
    {
        using var stream =
            typeof(Templates).Assembly.GetManifestResourceStream("init/" + name)
            ?? throw new InvalidOperationException($"No template {name}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
