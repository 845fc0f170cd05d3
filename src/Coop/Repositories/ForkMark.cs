using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Repositories;

/// <summary>
/// Knows a fork by its place: <c>NAME-forks/FORK</c> with Coop's record of it beside, which no box can write. git of this machine is never started in one, since an
/// agent could have written its configuration.
/// </summary>
internal static class ForkMark
{
    /// <summary>The directory of Coop's own among the forks; no name of a fork begins with a dot.</summary>
    public const string StateName = ".coop";

    private static ReadOnlySpan<byte> Ending => "-forks"u8;

    /// <summary>Where the forks of a repository lie: beside it.</summary>
    public static BytePath DirectoryOf(BytePath repository) => BytePath.From([.. repository.Bytes, .. Ending]);

    /// <exception cref="UserError">The directory is a fork or lies in one; exit 2.</exception>
    public static void Refuse(BytePath directory)
    {
        for (var at = directory; at.Length > 1; at = at.Parent)
        {
            if (IsFork(at))
            {
                throw UserError.Usage(
                    $"'{at}' is a fork, and git on this machine is not started in forks.",
                    $"Go to the repository it was made from: cd '{BytePath.From(at.Parent.Bytes[..^Ending.Length])}', then: coop fork {BytePath.From(at.Name)}"
                );
            }
        }
    }

    private static bool IsFork(BytePath root) =>
        root.Parent.Name.EndsWith(Ending)
        && FileQuestion.StatusOfLink(CString.From(root.Parent.Join(StateName).Join([.. root.Name, .. ".json"u8]).Bytes))
            is { IsRegular: true };
}
