using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Git;
using Coop.Native;
using Coop.Processes;
using Coop.Runs;
using Coop.Storage;

namespace Coop.Doctor;

/// <summary>Attacks one box of the user's own engine and image, in a project of its own that nobody keeps.</summary>
internal sealed class BoxAttack(
    IProcessRunner processes,
    UserDirectories directories,
    Func<HostEnvironment, Settings, RunSession> sessions,
    Func<HostEnvironment, GitClient> gits
)
{
    /// <summary>The evidence.</summary>
    /// <exception cref="UserError">The box did not start.</exception>
    public async Task<DoctorEvidence> RunAsync(
        DoctorSubject subject,
        IReadOnlyList<IDoctorCheck> checks,
        CancellationToken cancellationToken
    )
    {
        using var project = ThrowawayProject.Create(subject.Host.GetFilled("TMPDIR") ?? "/tmp", "coop-doctor");
        DoctorPlants plants = new();
        plants.Write(project.ProjectPath, project.OutsidePath);
        var seen = project.Seen(subject.Host, subject.Host.Variables, Overrides(subject, project));
        var git = gits(seen);
        await git.MakeRepositoryAsync(project.Project, "Planted", cancellationToken);
        var heads = await git.ListHeadsAsync(project.Project, cancellationToken);

        var socketName = "coop-doctor-" + Word();
        using HostTraps traps = new(project, plants, subject.Host, socketName);
        DoctorScript script = new("@@" + Word());
        var command = script.Command(
            checks,
            plants,
            subject.Host.GetFilled("HOME") ?? "",
            Path.Combine(project.OutsidePath, DoctorPlants.OutsideFile),
            traps.Port,
            socketName
        );
        var session = sessions(seen, SettingsReader.Read(seen, directories));
        var run = await session.CaptureAsync(new BoxRequest(BoxRole.Doctor, command, Agent: null), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var imageVariables = await ReadImageVariablesAsync(subject, cancellationToken);
        var committed = await git.ListCommittedAsync(project.Project, heads, cancellationToken);
        var sections = script.Parse(run.OutputText, out var ranToTheEnd);
        return new DoctorEvidence(plants, run.Plan, sections, ranToTheEnd, traps.Look(committed, imageVariables, run.Guard));
    }

    // The user's settings in all but what names their own places: the repository, and the keys that no attacked box may have.
    private static IEnumerable<(string Name, string Value)> Overrides(DoctorSubject subject, ThrowawayProject project)
    {
        yield return (SettingCatalog.Runtime, subject.Engine.Name());
        yield return (SettingCatalog.Repository, "");
        yield return (SettingCatalog.WorkingDirectory, "");
        yield return (SettingCatalog.ConfigDirectory, project.HomePath);
        if (subject.Image is not null)
        {
            yield return (SettingCatalog.Image, subject.Image);
        }
    }

    private async Task<IReadOnlyList<string>> ReadImageVariablesAsync(DoctorSubject subject, CancellationToken cancellationToken)
    {
        if (subject.Image is not { } image || subject.Engine == EngineKind.AppleContainer)
        {
            return [];
        }

        ProcessSpec question = new(
            subject.Engine.Name(),
            "image",
            "inspect",
            "--format",
            "{{range .Config.Env}}{{println .}}{{end}}",
            image
        );
        return (await processes.CaptureAsync(question, cancellationToken)).OutputText.Split('\n');
    }

    private static string Word() => RandomBytes.Hexadecimal(8);
}
