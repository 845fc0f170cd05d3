using Coop.Configuration;
using Coop.Git;
using Coop.Native;
using Coop.Processes;
using Coop.Runs;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>What the commands of this room use.</summary>
/// <param name="Sessions">Makes a session for the machine as seen from a directory, with variables for git besides.</param>
internal sealed record LoopDoors(
    HostEnvironment Host,
    UserDirectories Directories,
    Settings Settings,
    GitLauncher Git,
    GitClient Client,
    Func<HostEnvironment, Settings, IReadOnlyList<CString>, RunSession> Sessions,
    IProcessRunner Processes,
    ITerminal Terminal,
    TimeProvider Time
);
