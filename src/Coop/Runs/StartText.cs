using Coop.Boxes;
using Coop.Configuration;
using Coop.Masking;

namespace Coop.Runs;

/// <summary>What a start says: at most three lines.</summary>
internal static class StartText
{
    public static IReadOnlyList<string> Lines(BoxPlan plan)
    {
        var network = plan.Egress == EgressMode.Open ? "network open" : "no network";
        var image = plan.Image is null ? "" : $" of image {plan.Image}";
        List<string> lines = [$"{plan.Role.ToString().ToLowerInvariant()} in a {plan.Engine.Name()} box{image}, {network}."];
        var hidden = plan.Hidden.Hidden.Count(path => path.Kind != HiddenKind.Link);
        if (hidden > 0)
        {
            lines.Add($"{hidden} hidden {(hidden == 1 ? "path" : "paths")}.");
        }

        if (plan.Decoys.Count > 0)
        {
            lines.Add(
                plan.Decoys.Count == 1
                    ? "1 of them is tracked by git: what its history holds can still be read in the box."
                    : $"{plan.Decoys.Count} of them are tracked by git: what their history holds can still be read in the box."
            );
        }

        return lines;
    }
}
