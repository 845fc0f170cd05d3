using Coop.Configuration;

namespace Coop.LiveBoxes;

/// <summary>What a sweep must know of a run: three lines of text.</summary>
/// <param name="Staging">The directory with mounts in the host's namespace; null when there are none.</param>
internal sealed record RunRecord(EngineKind Engine, string ContainerName, string? Staging)
{
    public string ToText() => $"{Engine.Name()}\n{ContainerName}\n{Staging}\n";

    /// <summary>Null when the text is none.</summary>
    public static RunRecord? Parse(string text) =>
        text.Split('\n') is [var engine, var name, var staging, ..] && EngineNames.Find(engine) is { } kind && name.Length > 0
            ? new RunRecord(kind, name, staging.Length == 0 ? null : staging)
            : null;
}
