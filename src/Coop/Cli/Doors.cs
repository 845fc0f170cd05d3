using Coop.Configuration;
using Coop.Processes;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Cli;

/// <summary>The ways to the outside world, handed in by <c>Program</c> so that tests run the whole tool in their own process.</summary>
internal sealed record Doors(HostEnvironment Host, ITerminal Terminal, IProcessRunner Processes, TimeProvider Time)
{
    /// <summary>Coop's places, worked out when first needed: help and version need none.</summary>
    public UserDirectories Directories => UserDirectories.From(Host.Get);
}
