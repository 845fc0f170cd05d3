using Coop.Storage;

namespace Coop.CheckSecrets;

/// <summary>What the command line asks for.</summary>
/// <param name="Paths">Relative to the repository; empty for all of it.</param>
/// <param name="Baseline">Absolute; null without one.</param>
internal sealed record CheckSecretsOptions(
    IReadOnlyList<BytePath> Paths,
    bool Staged,
    bool History,
    bool All,
    ReportFormat Format,
    BytePath? Baseline,
    bool UpdateBaseline,
    bool KeepGoing
);
