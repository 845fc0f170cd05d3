using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Gates;
using Coop.Guards;
using Coop.Native;
using Coop.Processes;
using Coop.Reviews;
using Coop.Storage;
using Coop.Terminal;
using Coop.Trees;

namespace Coop.Forks;

/// <summary>Opens a fork's files in the user's own editor: the user's own act, after saying what in them runs by itself.</summary>
internal sealed class ForkOpener(ForkDesk desk)
{
    private const int MostTriggers = 10;

    private static readonly string[] Editors = ["cursor", "code", "zed", "idea", "subl"];

    /// <summary><c>coop fork open</c>: the fork itself.</summary>
    public int OpenFork(string name, CancellationToken cancellationToken)
    {
        var record = desk.Store.Read(ForkName.Check(name));
        var terminal = desk.Doors.Terminal;
        if (!terminal.InputIsTerminal || !terminal.ErrorIsTerminal)
        {
            throw UserError.Usage(
                "'coop fork open' starts your editor on an agent's files, and needs a terminal.",
                $"Where they are: coop fork path {name}"
            );
        }

        var foreign = desk.OpenFork(record, cancellationToken);
        TreeAfterRun tree = new(foreign.Root, foreign.GitDirectory, record.CreatedNanoseconds);
        TreeWalker.Walk(foreign.Root, 0, tree, cancellationToken);
        Warn([
            .. tree.Triggers.Select(trigger => $"'{trigger.Path}' runs {trigger.When}"),
            .. tree.Repositories.Select(path => $"'{path}' is a git repository"),
        ]);
        return Start([.. EditorWords(), ForkPlaces.Text(foreign.Root)], foreign.Root, []);
    }

    /// <summary><c>review --open</c>: a copy of the fork's last commit, which stays until the next one.</summary>
    public async Task<int> OpenCopyAsync(ForkWork work, Dossier dossier, CancellationToken cancellationToken)
    {
        var name = work.Record.Name;
        var copy = desk.Places.Opened(name);
        TreeRemoval.Remove(desk.Places.State.Join("opened").Join(name));
        Directory.CreateDirectory(ForkPlaces.Text(copy.Parent));
        await GateExport.MakeAsync(work.Scratch, copy, work.Tip, $"refs/heads/{name}", cancellationToken);
        Warn([
            .. dossier
                .Findings.Where(finding => finding.Kind is FindingKind.HostTrigger or FindingKind.LinkOutside)
                .Select(DossierText.Line),
        ]);
        IReadOnlyList<CString> variables = CString.List(
            $"COOP_FORK_PATH={ForkPlaces.Text(copy)}",
            $"COOP_FORK_NAME={name}",
            $"COOP_REVIEW_REF={ForkReviewer.ReferenceOf(name)}"
        );
        return desk.Doors.Settings.ReviewCommand is { } line
            ? Start(["sh", "-c", line], copy, variables)
            : Start([.. EditorWords(), ForkPlaces.Text(copy)], copy, variables);
    }

    private void Warn(IReadOnlyList<string> dangers)
    {
        foreach (var danger in dangers.Take(MostTriggers))
        {
            desk.Doors.Terminal.Say(danger);
        }

        if (dangers.Count > MostTriggers)
        {
            desk.Doors.Terminal.Say($"and {dangers.Count - MostTriggers} more");
        }

        if (dangers.Count > 0 && !Confirmation.Ask(desk.Doors.Terminal, "An agent wrote these. Open your editor on them?"))
        {
            throw new UserError("Nothing was opened.", "Read the change instead: coop fork review <name>");
        }
    }

    private IReadOnlyList<string> EditorWords()
    {
        if (desk.Doors.Settings.Editor is { Count: > 0 } chosen)
        {
            return chosen;
        }

        if (desk.Configuration.GetFromUser("core.editor") is { } line && Formats.ShellWords.Split(line) is { Count: > 0 } words)
        {
            return words;
        }

        var host = desk.Doors.Host;
        var path = (host.Get("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        if (Editors.FirstOrDefault(editor => path.Any(place => File.Exists(Path.Combine(place, editor)))) is { } found)
        {
            return [found];
        }

        return
            (host.GetFilled("VISUAL") ?? host.GetFilled("EDITOR")) is { } set
            && Formats.ShellWords.Split(set) is { Count: > 0 } own
            ? own
            : throw new UserError("No editor was found.", "Name yours: COOP_EDITOR=…");
    }

    private int Start(IReadOnlyList<string> words, BytePath directory, IReadOnlyList<CString> variables)
    {
        ProcessSpec spec = new(CString.From(words[0]), [.. words.Skip(1).Select(word => CString.From(word))])
        {
            Directory = CString.From(directory.Bytes),
            Environment = [.. desk.Doors.Host.AsList(), .. variables],
        };
        try
        {
            using var child = desk.Doors.Processes.Start(spec);
            return child.WaitForExit();
        }
        catch (ProgramNotFoundException cause)
        {
            throw new UserError(cause.Message, "Name another editor: COOP_EDITOR=…", cause: cause);
        }
    }
}
