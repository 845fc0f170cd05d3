using System.Text.Json;

namespace Coop.AgentEvents;

/// <summary>The one value of a tool's arguments that tells a person what it does.</summary>
internal static class ToolDetail
{
    // In this order: what is done before where, where before why.
    private static readonly byte[][] Telling =
    [
        [.. "command"u8],
        [.. "cmd"u8],
        [.. "file_path"u8],
        [.. "path"u8],
        [.. "absolute_path"u8],
        [.. "dir_path"u8],
        [.. "pattern"u8],
        [.. "url"u8],
        [.. "query"u8],
        [.. "description"u8],
        [.. "prompt"u8],
    ];

    /// <summary>Empty when nothing there is telling.</summary>
    public static string Of(JsonElement? arguments)
    {
        foreach (var name in Telling)
        {
            if (arguments.Text(name) is { Length: > 0 } value)
            {
                return value;
            }
        }

        return "";
    }
}
