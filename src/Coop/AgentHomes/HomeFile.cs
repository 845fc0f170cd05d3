using System.Text;

namespace Coop.AgentHomes;

/// <summary>A file of a box's home to be written before the start, readable for its owner alone. No record: it may hold secrets, which have no printed form.</summary>
/// <param name="name">Below the agent's directory, with <c>/</c> between its parts.</param>
internal sealed class HomeFile(string name, byte[] content)
{
    public HomeFile(string name, string content)
        : this(name, Encoding.UTF8.GetBytes(content)) { }

    public string Name => name;

    /// <summary>The user's own script: it may be run.</summary>
    public bool IsExecutable { get; init; }

    public byte[] Content => content;

    public string Text => Encoding.UTF8.GetString(content);
}
