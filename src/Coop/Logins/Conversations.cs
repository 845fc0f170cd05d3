using System.Text;
using Coop.Agents;
using Coop.Storage;

namespace Coop.Logins;

/// <summary>The conversations that a home holds: those of one repository and one account.</summary>
internal static class Conversations
{
    private static readonly EnumerationOptions NoLinks = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        RecurseSubdirectories = true,
        MaxRecursionDepth = 6,
        IgnoreInaccessible = true,
    };

    /// <summary>True when there is one to go on with: without it an agent that is told to resume ends with an error.</summary>
    /// <param name="home">The box's home on the host; need not exist. Only names in it are looked at.</param>
    public static bool Exist(IAgent agent, BytePath home)
    {
        if (agent.Home is not { } shape)
        {
            return false;
        }

        var directory = Encoding.UTF8.GetString(home.Join(shape.Directory).Join(shape.ConversationDirectory).Bytes);
        return Directory.Exists(directory)
            && Directory
                .EnumerateFiles(directory, $"{shape.ConversationPrefix}*.json*", NoLinks)
                .Any(path =>
                    path.EndsWith(".jsonl", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal)
                );
    }
}
