using Coop.Boxes;

namespace Coop.TestKit;

/// <summary>Everything in a plan as lines, to compare plans whole: lists in records compare by reference.</summary>
internal static class PlanLines
{
    public static string Of(BoxPlan plan) =>
        string.Join(
            '\n',
            [
                $"{plan.Name} run {plan.RunId} on {plan.Engine} image {plan.Image ?? "none"} as {plan.Role}",
                $"repository {plan.Repository}, works in {plan.WorkingDirectory}, home {plan.HomeInBox}",
                $"user {plan.User.Inside} inside, {plan.User.OnHost} on host, {plan.User.OnDisk} on disk, maps {plan.User.MapsUsers}",
                $"egress {plan.Egress}, terminal {plan.HasTerminal}, reads it {plan.ReadsTerminal}, limits {plan.Limits}",
                .. plan.Mounts.Select(MountLine),
                .. plan.Staging.Select(staged =>
                    $"stage {staged.Source} at {staged.At}{(staged.ShowsOwner ? " showing owner" : "")}"
                ),
                $"staging directory {plan.StagingDirectory?.ToString() ?? "none"}",
                .. plan.Files.Select(file => $"file {file.Path}"),
                $"mask file {plan.MaskFile?.Path.ToString() ?? "none"}",
                .. plan.Decoys.Select(decoy => $"decoy {decoy.Path}"),
                .. plan.Directories.Select(directory =>
                    $"directory {directory.Path} of {directory.Owner}{(directory.IsOpen ? " open" : "")}"
                ),
                .. plan.Environment.Select(variable => $"variable {variable.Name}={variable.Value}"),
                .. plan.SecretEnvironment.Select(variable => $"secret {variable}"),
                .. plan.Labels.Select(label => $"label {label.Name}={label.Value}"),
                $"extra {string.Join(' ', plan.ExtraArguments)}",
                $"command {string.Join(' ', plan.Command)}",
                $"line {plan.LineDirectory?.ToString() ?? "none"}",
                "",
            ]
        );

    public static string MountLine(Mount mount) =>
        $"{mount.Purpose} {mount.Source} at {mount.Target}{(mount.IsReadOnly ? " read-only" : "")}";
}
