using Coop.Boxes;
using Coop.Configuration;
using Coop.Masking;

namespace Coop.Runs;

/// <summary>What a start says: at most three lines.</summary>
internal static class StartText
{
    /// <summary>Said once for each repository.</summary>
    public const string GitExplanation =
        "git's configuration and hooks are read-only in the box; git config and git remote add fail there.";

    private const int MostLines = 3;

    /// <param name="explainsGit">The user has not been told yet that git's configuration cannot be changed in a box.</param>
    public static IReadOnlyList<string> Lines(BoxPlan plan, bool explainsGit)
    {
        var network = plan.Egress == EgressMode.Open ? "network open" : "no network";
        var image = plan.Image is null ? "" : $" of image {plan.Image}";
        List<string> lines = [$"{plan.Target} in a {plan.Engine.Name()} box{image}, {network}."];
        var hidden = plan.Hidden.Hidden.Count(path => path.Kind != HiddenKind.Link);
        if (hidden > 0)
        {
            lines.Add($"{hidden} hidden {(hidden == 1 ? "path" : "paths")}.");
        }

        if (plan.TrackedPaths > 0)
        {
            lines.Add(
                plan.TrackedPaths == 1
                    ? "1 of them is tracked by git: what its history holds can still be read in the box."
                    : $"{plan.TrackedPaths} of them are tracked by git: what their history holds can still be read in the box."
            );
        }

        if (explainsGit && lines.Count < MostLines)
        {
            lines.Add(GitExplanation);
        }

        return lines;
    }
}
