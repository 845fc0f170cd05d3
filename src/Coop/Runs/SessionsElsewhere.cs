using System.Text;
using Coop.Configuration;
using Coop.Native;
using Coop.Places;
using Coop.Storage;

namespace Coop.Runs;

/// <summary>Sessions for boxes on other trees than the user's own (a fork, the export of a commit), which have the image of the user's repository.</summary>
/// <param name="sessions">Makes a session for the machine as seen from a directory, with variables for git besides.</param>
/// <param name="repository">The top of the user's own working tree.</param>
internal sealed class SessionsElsewhere(
    HostEnvironment host,
    Settings settings,
    Func<HostEnvironment, Settings, IReadOnlyList<CString>, RunSession> sessions,
    BytePath repository
)
{
    /// <param name="gitVariables">What git gets besides.</param>
    public RunSession On(BytePath tree, IReadOnlyList<CString> gitVariables)
    {
        var chosen = settings.With(
            (SettingCatalog.Repository, Encoding.UTF8.GetString(tree.Bytes)),
            (SettingCatalog.WorkingDirectory, "")
        );
        if (chosen.Image is null)
        {
            // Said here, so that a file of the agent's does not decide.
            chosen = chosen.With(
                (SettingCatalog.Image, OwnImage.IsIn(repository) ? RepositoryId.ImageOf(repository) : chosen.BaseImage)
            );
        }

        return sessions(host with { WorkingDirectory = tree }, chosen, gitVariables);
    }
}
