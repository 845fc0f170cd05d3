using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Terminal;

namespace Coop.Engines;

/// <summary>Words for what engines say when a box does not start. Their messages are recognised by parts that have not changed in years.</summary>
internal static class EngineMessages
{
    public static UserError NotInstalled(EngineKind kind) =>
        new($"{kind.Name()} is not installed, or cannot be started.", InstallHint(kind));

    public static UserError NoAnswer(EngineKind kind, string messages)
    {
        var name = kind.Name();
        if (messages.Contains("permission denied", StringComparison.OrdinalIgnoreCase))
        {
            return new UserError(
                $"{name} refuses you: {LastLine(messages)}",
                kind == EngineKind.Docker
                    ? "Join its group and log in again: sudo usermod -aG docker $USER"
                    : $"See what it says: {name} info"
            );
        }

        return new UserError(
            $"{name} does not answer: {LastLine(messages)}",
            kind switch
            {
                EngineKind.Docker => "Start it: sudo systemctl start docker, or use what needs no engine: COOP_RUNTIME=bwrap",
                EngineKind.AppleContainer => "Start it: container system start",
                _ => $"See what it says: {name} info, or use what needs no engine: COOP_RUNTIME=bwrap",
            }
        );
    }

    /// <summary>Why a start failed, from the engine's exit code and messages.</summary>
    public static UserError StartFailed(BoxPlan plan, int exitCode, string messages)
    {
        var name = plan.Engine.Name();
        if (IsMissingImage(messages))
        {
            return new UserError(
                $"{name} has no image '{plan.Image}'.",
                "Build it: coop build. Or name one it has with COOP_IMAGE, or use what needs none: COOP_RUNTIME=bwrap"
            )
            {
                MissingImage = plan.Image,
            };
        }

        if (
            messages.Contains("Cannot connect to the Docker daemon", StringComparison.OrdinalIgnoreCase)
            || IsSocketRefusal(messages)
        )
        {
            return NoAnswer(plan.Engine, messages);
        }

        return new UserError(
            $"{name} could not start the box (exit {exitCode}): {LastLine(messages)}",
            "See the whole command: coop run --dry-run -- true"
        );
    }

    /// <summary>The last line that says something, made safe to print, ending in a period.</summary>
    public static string LastLine(string messages)
    {
        var line = messages.Split('\n').Select(PlainText.CleanLine).LastOrDefault(IsTelling) ?? "it said nothing";
        line = line.Trim();
        return line is [.., '.' or '?' or '!'] ? line : line + ".";
    }

    private static bool IsTelling(string line) =>
        line.Trim().Length > 0
        && !line.StartsWith("See '", StringComparison.Ordinal)
        && !line.StartsWith("Run '", StringComparison.Ordinal)
        && !line.Contains("level=error msg=\"error waiting for container: \"", StringComparison.Ordinal);

    private static bool IsMissingImage(string messages) =>
        messages.Contains("No such image", StringComparison.OrdinalIgnoreCase)
        || messages.Contains("image not known", StringComparison.OrdinalIgnoreCase)
        || messages.Contains("Unable to find image", StringComparison.OrdinalIgnoreCase)
        || messages.Contains("failed to find image", StringComparison.OrdinalIgnoreCase);

    private static bool IsSocketRefusal(string messages) =>
        messages.Contains("permission denied while trying to connect", StringComparison.OrdinalIgnoreCase)
        || messages.Contains("dial unix", StringComparison.OrdinalIgnoreCase);

    private static string InstallHint(EngineKind kind) =>
        kind switch
        {
            EngineKind.Docker => "Install it: sudo apt-get install docker.io, or use what needs no engine: COOP_RUNTIME=bwrap",
            EngineKind.Podman => "Install it: sudo apt-get install podman, or use what needs no engine: COOP_RUNTIME=bwrap",
            EngineKind.AppleContainer =>
                "It comes from Apple for macOS; elsewhere choose docker, podman or bwrap with COOP_RUNTIME.",
            EngineKind.Bubblewrap => "Install it: sudo apt-get install bubblewrap slirp4netns",
            _ => throw new InvalidOperationException($"No hint for {kind}."),
        };
}
