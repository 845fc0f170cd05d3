using Coop.Git;

namespace Coop.Demo;

/// <summary>What the host saw for itself when the box had ended; nothing here was told by the box.</summary>
/// <param name="ChangedSecrets">Paths of planted secrets that are not what they were.</param>
/// <param name="HookIsThere">The hook that the agent tried to plant exists.</param>
/// <param name="WasReached">Somebody connected to the port of the host's loopback.</param>
/// <param name="Head">The commit the repository is at; null when it cannot be read.</param>
/// <param name="HomeEntries">Inode and name of what the user's home holds, as <c>ls -i</c> shows them: an image may have a home of the same path.</param>
/// <param name="ForeignFiles">Files the agent made that do not belong to the owner of the repository.</param>
internal sealed record DemoFacts(
    IReadOnlyList<string> ChangedSecrets,
    bool HookIsThere,
    bool WasReached,
    GitCommit? Head,
    IReadOnlyList<string> HomeEntries,
    IReadOnlyList<string> ForeignFiles
);
