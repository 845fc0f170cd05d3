using System.Globalization;
using System.Text.RegularExpressions;
using Coop.Configuration;
using Coop.Processes;

namespace Coop.Doctor;

/// <summary>
/// The engine's runtime has no known way out. Only runc is known to have had them of late; a distribution may have mended its build without a new
/// number, which is why an old one is a warning.
/// </summary>
internal sealed partial class RuncCheck(IProcessRunner processes) : IRequirementCheck
{
    private const string Id = "runc";
    private const string Promise = "The engine's runtime has no known way out";
    private const string Advice =
        "Update runc to 1.2.8, 1.3.3 or newer, unless your distribution's build carries the fixes: apt-get changelog runc";

    public async Task<CheckResult> CheckAsync(DoctorSubject subject, CancellationToken cancellationToken)
    {
        string[]? question = subject.Engine switch
        {
            EngineKind.Docker => ["version", "--format", "{{range .Server.Components}}{{.Name}} {{.Version}}\n{{end}}"],
            EngineKind.Podman => ["info", "--format", "{{.Host.OCIRuntime.Version}}"],
            _ => null,
        };
        if (question is null)
        {
            return new CheckResult(Id, CheckOutcome.Held, Promise, $"{subject.Engine.Name()} has none", null);
        }

        if (subject.EngineProblem is not null)
        {
            return new CheckResult(Id, CheckOutcome.NotProved, Promise, $"{subject.Engine.Name()} does not answer", null);
        }

        var answer = await processes.CaptureAsync(new ProcessSpec(subject.Engine.Name(), question), cancellationToken);
        return Judge(answer.OutputText);
    }

    /// <summary>From what the engine says of its parts.</summary>
    public static CheckResult Judge(string parts)
    {
        if (RuncVersion().Match(parts) is not { Success: true } found)
        {
            return Crun().IsMatch(parts)
                ? new CheckResult(Id, CheckOutcome.Held, Promise, "it is crun", null)
                : new CheckResult(Id, CheckOutcome.NotProved, Promise, "the engine does not name it", null);
        }

        var number = found.Groups["number"].Value;
        var candidate = found.Groups["candidate"] is { Success: true } group
            ? int.Parse(group.Value, CultureInfo.InvariantCulture)
            : (int?)null;
        return KnownBad(Version.Parse(number), candidate) is { } weakness
            ? new CheckResult(
                Id,
                CheckOutcome.Warned,
                Promise,
                $"runc {number}{found.Groups["rest"].Value} may have {weakness}",
                Advice
            )
            : new CheckResult(Id, CheckOutcome.Held, Promise, $"runc {number}", null);
    }

    // CVE-2024-21626: fixed in 1.1.12; CVE-2024-45310: in 1.1.14; CVE-2025-31133 and its two sisters: in 1.2.8, 1.3.3 and 1.4.0-rc.3.
    private static string? KnownBad(Version version, int? candidate) =>
        version < new Version(1, 1, 12) ? "CVE-2024-21626, CVE-2024-45310 and CVE-2025-31133"
        : version < new Version(1, 1, 14) ? "CVE-2024-45310 and CVE-2025-31133"
        : version < new Version(1, 2, 8) ? "CVE-2025-31133"
        : version >= new Version(1, 3, 0) && version < new Version(1, 3, 3) ? "CVE-2025-31133"
        : version == new Version(1, 4, 0) && candidate < 3 ? "CVE-2025-31133"
        : null;

    [GeneratedRegex(
        @"\brunc (version )?(?<number>\d+\.\d+\.\d+)(?<rest>(-rc\.(?<candidate>\d+))?[^\s]*)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex RuncVersion();

    [GeneratedRegex(@"\bcrun\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Crun();
}
