using System.Globalization;
using System.Text;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Formats;
using Coop.Processes;

namespace Coop.Runs;

/// <summary>A plan for people, and the engine's command for their shell.</summary>
internal static class PlanText
{
    public static string Render(BoxPlan plan, ProcessSpec command)
    {
        StringBuilder text = new();
        Row("engine", plan.Engine.Name());
        Row("image", plan.Image ?? "none: the host's /usr");
        Row("repository", plan.Repository.ToString());
        Row("directory", plan.WorkingDirectory.ToString());
        Row("user", $"{plan.User.Inside} in the box, {plan.User.OnHost} on the host, files of {plan.User.OnDisk}");
        Row("home", plan.HomeInBox);
        Row("network", plan.Egress == EgressMode.Open ? "open" : "none");
        Row("limits", Limits(plan.Limits));
        Row("terminal", plan.HasTerminal ? "yes" : "no");
        foreach (var variable in plan.Environment)
        {
            Row("variable", $"{variable.Name}={variable.Value}");
        }

        foreach (var variable in plan.SecretEnvironment)
        {
            Row("variable", $"{variable.ToString().Split('=')[0]} (over the lifeline)");
        }

        foreach (var mount in plan.Mounts)
        {
            Row(Name(mount.Purpose), $"{mount.Target}{(mount.IsReadOnly ? " (read-only)" : "")}");
        }

        text.Append("\n# The command. A live run adds its lifeline to it, a mount of its own at /run/coop/line.\n");
        if (plan.Staging.Count > 0 && plan.Engine != EngineKind.Bubblewrap)
        {
            text.Append(
                $"# {plan.StagingDirectory} exists only while the box runs: its mounts show {plan.User.OnDisk} as {plan.User.OnHost}.\n"
            );
        }

        return text.Append(CommandLine(command)).Append('\n').ToString();

        void Row(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name, -12}{value}\n");
    }

    private static string CommandLine(ProcessSpec command) =>
        string.Join(' ', command.Arguments.Prepend(command.Program).Select(word => ShellWords.Quote(word)));

    private static string Limits(BoxLimits limits)
    {
        List<string> parts = [];
        Add(limits.Pids.Value, "processes");
        Add(limits.Memory.Value, "bytes of memory");
        Add(limits.Cpus.Value, "processors");
        return parts.Count == 0 ? "none" : string.Join(", ", parts);

        void Add<T>(T? value, string unit)
            where T : struct
        {
            if (value is { } limit)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{limit} {unit}"));
            }
        }
    }

    private static string Name(MountPurpose purpose) =>
        purpose switch
        {
            MountPurpose.Program => "coop",
            MountPurpose.Parents => "above",
            MountPurpose.Lifeline => "lifeline",
            MountPurpose.Repository => "tree",
            MountPurpose.GitDirectory => "git",
            MountPurpose.Home => "home",
            MountPurpose.Agents => "agents",
            MountPurpose.Tools => "tools",
            MountPurpose.Cache => "cache",
            MountPurpose.Identity => "file",
            MountPurpose.Hidden => "hidden",
            MountPurpose.Special => "covered",
            MountPurpose.Rules => "guarded",
            MountPurpose.GitControl => "guarded",
            _ => throw new InvalidOperationException($"No name for {purpose}."),
        };
}
