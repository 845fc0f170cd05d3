using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>The tools of agents that take a command or a file as JSON, by the name in the request.</summary>
internal static class ToolChoice
{
    /// <summary>The calls of a turn, in order, for an agent that offers these tools.</summary>
    public static IEnumerable<(string Name, JsonObject Input)> Calls(ModelTurn turn, IReadOnlyCollection<string> offered)
    {
        if (turn.Write is { } file)
        {
            var name = First(offered, "Write", "write_file");
            yield return (name, new JsonObject { ["file_path"] = file.Path, ["content"] = file.Content });
        }

        if (turn.Shell is { } command)
        {
            var name = First(offered, "Bash", "run_shell_command", "exec_command");
            yield return name == "exec_command"
                ? (name, new JsonObject { ["cmd"] = command })
                : (
                    name,
                    name == "Bash"
                        ? new JsonObject { ["command"] = command, ["description"] = "scripted" }
                        : new JsonObject
                        {
                            ["command"] = command,
                            ["description"] = "scripted",
                            ["is_background"] = false,
                        }
                );
        }

        if (turn.Tool is { } tool)
        {
            yield return (tool.Name, tool.Input.DeepClone().AsObject());
        }
    }

    private static string First(IReadOnlyCollection<string> offered, params string[] names) =>
        names.FirstOrDefault(offered.Contains) ?? names[0];
}
