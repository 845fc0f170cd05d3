using System.Text.RegularExpressions;
using Coop.Errors;
using Coop.Git;

namespace Coop.Doctor;

/// <summary>git on the host, new enough to be asked what Coop asks.</summary>
internal sealed partial class GitVersionCheck(GitClient git) : IRequirementCheck
{
    private const string Id = "git";
    private const string Promise = "git is there and new enough";
    private const string Advice = "Install git 2.31 or newer.";

    private static readonly Version Oldest = new(2, 31);

    public async Task<CheckResult> CheckAsync(DoctorSubject subject, CancellationToken cancellationToken)
    {
        string said;
        try
        {
            said = await git.ReadVersionAsync(cancellationToken);
        }
        catch (UserError missing)
        {
            return new CheckResult(Id, CheckOutcome.Failed, Promise, missing.Message.TrimEnd('.'), Advice);
        }

        return Number().Match(said) is { Success: true } number && Version.TryParse(number.Value, out var version)
            ? version >= Oldest
                ? new CheckResult(Id, CheckOutcome.Held, Promise, said, null)
                : new CheckResult(Id, CheckOutcome.Failed, Promise, $"{said} is older than {Oldest}", Advice)
            : new CheckResult(
                Id,
                CheckOutcome.Warned,
                Promise,
                $"its version cannot be read from '{Terminal.PlainText.CleanLine(said)}'",
                Advice
            );
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
