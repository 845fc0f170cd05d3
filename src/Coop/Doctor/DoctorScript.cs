using System.Globalization;
using System.Text;
using Coop.Formats;
using Coop.Native;

namespace Coop.Doctor;

/// <summary>All attacks as one shell script for one box, and its output taken apart again. Pure.</summary>
/// <param name="boundary">A word that no attack can know before the script runs; it begins each section.</param>
internal sealed class DoctorScript(string boundary)
{
    private const string End = "end";

    /// <summary>A box in which an attack hangs ends by itself after this time.</summary>
    private const int LimitSeconds = 60;

    /// <summary>The box's command.</summary>
    /// <param name="home">The user's home; empty when it is not known.</param>
    /// <param name="outside">A file beside the project.</param>
    public IReadOnlyList<CString> Command(
        IEnumerable<IDoctorCheck> checks,
        DoctorPlants plants,
        string home,
        string outside,
        int port,
        string socket
    ) =>
        CString.List(
            "sh",
            "-c",
            Text(checks, plants),
            "attack",
            home,
            outside,
            port.ToString(CultureInfo.InvariantCulture),
            socket
        );

    /// <summary>What was printed in each section.</summary>
    /// <param name="ranToTheEnd">The script reached its last line.</param>
    public IReadOnlyDictionary<string, string> Parse(string output, out bool ranToTheEnd)
    {
        Dictionary<string, string> sections = new(StringComparer.Ordinal);
        foreach (var part in output.Split($"\n{boundary} ").Skip(1))
        {
            var newline = part.IndexOf('\n', StringComparison.Ordinal);
            if (newline > 0)
            {
                sections[part[..newline]] = part[(newline + 1)..];
            }
        }

        ranToTheEnd = sections.Remove(End);
        return sections;
    }

    private string Text(IEnumerable<IDoctorCheck> checks, DoctorPlants plants)
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"home=$1 outside=$2 port=$3 socket=$4 coop={GuestProtocol.ProgramPath}\n(sleep {LimitSeconds}; kill -KILL $$) >/dev/null 2>&1 &\nwatch=$!\n"
        );
        foreach (var check in checks)
        {
            // In a shell of its own: what one attack breaks, the next one has again.
            text.Append(
                CultureInfo.InvariantCulture,
                $"printf '\\n{boundary} {check.Name}\\n'\n(\n{check.Attack(plants)}\n) </dev/null 2>&1\n"
            );
        }

        return text.Append(CultureInfo.InvariantCulture, $"kill $watch\nprintf '\\n{boundary} {End}\\n'\n").ToString();
    }
}
