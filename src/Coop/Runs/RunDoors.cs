using Coop.Configuration;
using Coop.Git;
using Coop.Native;
using Coop.Processes;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Runs;

/// <summary>What commands use that start boxes on more than one tree: those of forks and of the loop.</summary>
/// <param name="Sessions">Makes a session for the machine as seen from a directory, with variables for git besides.</param>
internal sealed record RunDoors(
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
