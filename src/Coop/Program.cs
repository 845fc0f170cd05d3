using Coop.Cli;
using Coop.Configuration;
using Coop.Formats;
using Coop.Guest;
using Coop.Processes;
using Coop.Terminal;

namespace Coop;

internal static class Program
{
    private static Task<int> Main(string[] words)
    {
        Native.StandardStreams.EnsureOpen();
        Native.InheritedDescriptors.KeepFromChildren();
        var host = HostEnvironment.Read(words);
#if STATIC_EXECUTABLE
        Native.StaticLibraries.AdaptToHost();
#endif
        if (words is [GuestProtocol.InitVerb, ..])
        {
            return Task.FromResult(Guest.Init.Run([.. host.Arguments.Skip(1)]));
        }

        if (words is [GuestProtocol.LaunchVerb, ..])
        {
            return Task.FromResult(Launcher.Run([.. host.Arguments.Skip(1)], host.AsList()));
        }

        if (words is [GuestProtocol.ForwardVerb, ..])
        {
            return PortForwarder.RunAsync(words[1..]);
        }

        if (words is [GuestProtocol.ProbeVerb, ..])
        {
            return Task.FromResult(Probe.Run(words[1..]));
        }

        SystemTerminal terminal = new(noColor: host.GetFilled("NO_COLOR") is not null || host.Get("TERM") == "dumb");
        Doors doors = new(host, terminal, new ProcessRunner(host.AsList()), TimeProvider.System);
        return new CliApp(doors).RunAsync(CancellationToken.None);
    }
}
