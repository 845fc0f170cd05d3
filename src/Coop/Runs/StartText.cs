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
            lines.Add($"{hidden} hidden {(hidden == 1 ? "path" : "paths")}{ByContent(plan)}.");
        }

        if (plan.TrackedPaths > 0)
        {
            lines.Add(
                plan.TrackedPaths == 1
                    ? "1 of them is tracked by git: what its history holds can still be read in the box."
                    : $"{plan.TrackedPaths} of them are tracked by git: what their history holds can still be read in the box."
            );
        }

        if (plan.VisibleTokens.Count > 0)
        {
            AddAttention(lines, VisibleTokens(plan));
        }

        if (explainsGit && lines.Count < MostLines)
        {
            lines.Add(GitExplanation);
        }

        return lines;
    }

    // Which and why, for the first one: the rest is a command away.
    private static string ByContent(BoxPlan plan)
    {
        var byContent = plan.Hidden.Hidden.Where(path => path.Reason.Cause == HiddenCause.Content).ToList();
        return byContent.Count switch
        {
            0 => "",
            1 => $", one by its content: {byContent[0].Path} ({byContent[0].Reason.Rule})",
            var count => $", {count} by their content: {byContent[0].Path} ({byContent[0].Reason.Rule}) and {count - 1} more",
        };
    }

    private static string VisibleTokens(BoxPlan plan)
    {
        var first = plan.VisibleTokens[0];
        var more = plan.VisibleTokens.Count == 1 ? "" : $" and {plan.VisibleTokens.Count - 1} more";
        return $"The box sees {first.Path} ({first.Kind}){more}: tracked by git. To look: coop check-secrets";
    }

    // A start says three lines at most: two matters that need attention share one.
    private static void AddAttention(List<string> lines, string attention)
    {
        if (lines.Count < MostLines)
        {
            lines.Add(attention);
        }
        else
        {
            lines[^1] += " " + attention;
        }
    }
}
