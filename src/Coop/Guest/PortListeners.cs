using System.Globalization;
using Coop.Formats;
using Coop.Native;
using Coop.Processes;

namespace Coop.Guest;

/// <summary>Opens the box's side of the host's ports and starts the process that serves them.</summary>
internal static class PortListeners
{
    // The first descriptor that is none of the standard streams.
    private const int FirstDescriptor = 3;

    /// <summary>Null when the ports are served, otherwise why not.</summary>
    public static string? Start(IReadOnlyList<int> ports, IReadOnlyList<CString> environment)
    {
        if (ports.Count == 0)
        {
            return null;
        }

        List<int> opened = [];
        try
        {
            foreach (var port in ports)
            {
                var made = InternetSocket.ListenOnLoopback(port).Descriptor;
                if (made < 0)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"port {port} of COOP_HOST_PORTS cannot be opened in the box: {Errno.Text(-made)}"
                    );
                }

                opened.Add(made);
            }

            Spawn(ports, opened, environment);
            return null;
        }
        catch (ProgramNotFoundException cause)
        {
            return $"the host's ports cannot be served: {Errno.Text(cause.ErrorNumber)}";
        }
        finally
        {
            opened.ForEach(descriptor => _ = Unistd.close(descriptor));
        }
    }

    private static void Spawn(IReadOnlyList<int> ports, List<int> opened, IReadOnlyList<CString> environment)
    {
        var words = ports.Select(
            (port, at) => CString.From(string.Create(CultureInfo.InvariantCulture, $"{port}={FirstDescriptor + at}"))
        );
        ProcessSpec spec = new(CString.From(GuestProtocol.ProgramPath), [CString.From(GuestProtocol.ForwardVerb), .. words])
        {
            Environment = environment,

            // The terminal's keys are not for it.
            OwnGroup = true,
            Descriptors = [.. opened.Select((descriptor, at) => new PassedDescriptor(descriptor, FirstDescriptor + at))],
        };
        _ = SpawnCall.Start(spec, []);
    }
}
