using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Storage;

namespace Coop.Engines;

/// <summary>
/// Chooses the engine: the one that was asked for, else the one remembered, else the first that answers. The answer is remembered in Coop's state, so
/// that a start asks no engine whether it is there; it is forgotten when a start on it fails.
/// </summary>
internal sealed class EngineDetector(Func<EngineKind, IContainerEngine> engines, UserDirectories directories)
{
    private string RememberedPath => Path.Combine(directories.State, "engine");

    /// <exception cref="UserError">None answers.</exception>
    public async Task<EngineKind> DetectAsync(EngineKind? asked, CancellationToken cancellationToken)
    {
        if (asked is { } kind)
        {
            return kind;
        }

        if (ReadRemembered() is { } remembered)
        {
            return remembered;
        }

        List<UserError> refusals = [];
        foreach (var candidate in Candidates())
        {
            if (await engines(candidate).ProbeAsync(cancellationToken) is not { } refusal)
            {
                Remember(candidate);
                return candidate;
            }

            refusals.Add(refusal);
        }

        throw new UserError(
            "No engine answers, and bubblewrap cannot run here either: " + refusals[^1].Message,
            OperatingSystem.IsLinux()
                ? "Install the smallest one: sudo apt-get install bubblewrap slirp4netns"
                : "Install Docker, or Apple's container, and start it."
        );
    }

    /// <summary>The next start probes again.</summary>
    public void Forget()
    {
        if (File.Exists(RememberedPath))
        {
            File.Delete(RememberedPath);
        }
    }

    private static IEnumerable<EngineKind> Candidates() =>
        EngineNames.InOrder.Where(kind =>
            kind switch
            {
                EngineKind.AppleContainer => OperatingSystem.IsMacOS(),
                EngineKind.Bubblewrap => OperatingSystem.IsLinux(),
                _ => true,
            }
        );

    private EngineKind? ReadRemembered()
    {
        try
        {
            return File.Exists(RememberedPath) ? EngineNames.Find(File.ReadAllText(RememberedPath).Trim()) : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Remember(EngineKind kind)
    {
        // Only the user may walk into Coop's state.
        Directory.CreateDirectory(directories.State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // A half-written word is no engine's name and is read as none.
        File.WriteAllText(RememberedPath, kind.Name() + "\n");
    }
}
