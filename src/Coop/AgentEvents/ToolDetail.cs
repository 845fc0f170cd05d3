using System.Text.Json;

namespace Coop.AgentEvents;

/// <summary>The one value of a tool's arguments that tells a person what it does.</summary>
internal static class ToolDetail
{
    // In this order: what is done before where, where before why.
    private static readonly string[] Telling =
    [
        "command",
        "cmd",
        "file_path",
        "path",
        "absolute_path",
        "dir_path",
        "pattern",
        "url",
        "query",
        "description",
        "prompt",
    ];

    /// <summary>Empty when nothing there is telling.</summary>
    public static string Of(JsonElement? arguments) =>
        Telling.Select(name => arguments.Text(name)).FirstOrDefault(value => value is { Length: > 0 }) ?? "";
}
