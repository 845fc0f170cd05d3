using System.Text;
using Coop.Clones;
using Coop.Configuration;
using Coop.Errors;
using Coop.HiddenFiles;
using Coop.Native;
using Coop.Processes;
using Coop.Repositories;
using Coop.Storage;
using Coop.Terminal;
using Coop.Trees;

namespace Coop.ForkKeeping;

/// <summary>Makes forks: everything in a scratch place first, then the record, then the name. Killed in between, nothing by that name exists.</summary>
internal sealed class ForkCreator(ForkDesk desk)
{
    // Older than any index that is written from now on, so that git trusts size and time of what boxes see a decoy of.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>The fork of that name, made when it is not there.</summary>
    /// <exception cref="UserError">It is there and must not be, or the other way round.</exception>
    public async Task<ForkRecord> FindOrMakeAsync(string name, ForkEntryOptions options, CancellationToken cancellationToken)
    {
        var record = desk.Store.Find(name);
        if (record is not null && FileQuestion.StatusOfLink(CString.From(desk.Places.Fork(name).Bytes)) is null)
        {
            desk.Doors.Terminal.Say($"Fork '{name}' was removed by hand; it is made anew.");
            desk.Store.Forget(name);
            record = null;
        }

        if (record is not null)
        {
            if (options.IsNew)
            {
                throw new UserError($"There is a fork '{name}' already.", $"Enter it: coop fork {name}, or take another name.");
            }

            return options.IncludesIgnored
                ? throw UserError.Usage(
                    "--include-ignored is for new forks.",
                    $"Make one under another name, or remove it: coop fork rm {name}"
                )
                : record;
        }

        if (options.Continues)
        {
            throw new UserError($"There is no fork '{name}' to continue in.", "See which there are: coop fork ls");
        }

        // The queue of an earlier fork of that name is not this one's.
        TreeRemoval.Remove(desk.QueueOf(name).StateDirectory);
        using ShutdownSignals signals = new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, cancellationToken);
        var made = await MakeAsync(name, options.IncludesIgnored, either.Token);
        desk.Doors.Terminal.Say($"Fork '{name}' made from {PlainText.CleanLine(made.Branch)} in '{desk.Places.Fork(name)}'.");
        return made;
    }

    /// <param name="includesIgnored">Ignored files that boxes may see come along.</param>
    public async Task<ForkRecord> MakeAsync(string name, bool includesIgnored, CancellationToken cancellationToken)
    {
        var position = await desk.PositionAsync(cancellationToken);
        if (FileQuestion.StatusOfLink(CString.From(desk.Places.Fork(name).Bytes)) is not null)
        {
            throw new UserError(
                $"'{desk.Places.Fork(name)}' exists, and Coop did not make it.",
                "Move it away, or take another name."
            );
        }

        using var place = ScratchPlace.Make(desk.Places);
        var root = place.Directory.Join("fork");
        Directory.CreateDirectory(ForkPlaces.Text(root));
        await new CloneMaker(desk.Doors.Git).MakeAsync(
            root,
            desk.Own,
            desk.Shape,
            position.Commit!,
            name,
            desk.Identity(),
            Excludes(),
            cancellationToken
        );
        if (includesIgnored)
        {
            await new IgnoredFiles(desk).CopyAsync(root, cancellationToken);
        }

        await SettleHiddenAsync(root, cancellationToken);
        GiveToOwner(root, cancellationToken);
        var identity = ForeignRepository.IdentityOf(root);
        var foreign = ForeignRepository.Open(root, identity, name, desk.Shape.IdLength, cancellationToken);
        var now = desk.Doors.Time.GetUtcNow();
        ForkRecord record = new(
            name,
            position.BranchName!,
            position.Commit!,
            identity,
            foreign.ObjectBytes,
            now,
            now.ToUnixTimeMilliseconds() * 1_000_000
        );
        desk.Store.Write(record);
        Directory.Move(ForkPlaces.Text(root), ForkPlaces.Text(desk.Places.Fork(name)));
        desk.Store.Log(name, $"made from {position.BranchName} at {position.Commit![..10]}");
        return record;
    }

    // What the user's git does not track anywhere, and what it does not track here.
    private string Excludes()
    {
        StringBuilder text = new();
        foreach (
            var path in (string?[])
                [
                    UserIgnores.PathOf(desk.Configuration, desk.Doors.Host),
                    ForkPlaces.Text(desk.Location.CommonDirectory!.Join("info/exclude")),
                ]
        )
        {
            try
            {
                if (path is not null && BoundedFile.Read(path, 1_000_000) is { } content)
                {
                    text.Append(Encoding.UTF8.GetString(content).TrimEnd('\n')).Append('\n');
                }
            }
            catch (IOException)
            {
                // Only a convenience: git itself warns and goes on too.
            }
        }

        return text.ToString();
    }

    // Hidden files that git tracks get an older time, then the index is written anew: git in a box then takes their decoys for unchanged.
    private async Task SettleHiddenAsync(BytePath root, CancellationToken cancellationToken)
    {
        RepositoryLocation location = new(root, root.Join(".git"), root.Join(".git"));
        var hidden = HiddenSearch.Run(location, desk.Doors.Directories, ShadowContent.Off, cancellationToken).Found.Hidden;
        if (hidden.Count == 0)
        {
            return;
        }

        var time = desk.Doors.Time.GetUtcNow() - Settled;
        using var top = OpenTree.OpenRoot(root);
        foreach (var path in hidden.Select(found => found.Path))
        {
            FileTimes.SetBelow(top, root, path, time);
        }

        await desk.Doors.Git.RunAsync(
            IsolatedGit.In(root.Join(".git"), root, "update-index", "-q", "--refresh"),
            cancellationToken
        );
    }

    private void GiveToOwner(BytePath root, CancellationToken cancellationToken)
    {
        if (desk.Doors.Host.IsRoot && FileQuestion.StatusOf(CString.From(desk.Location.Root.Bytes)) is { UserId: not 0 } owner)
        {
            TreeOwner.Give(root, owner.UserId, owner.GroupId, cancellationToken);
            TreeOwner.GiveOne(desk.Places.Directory, owner.UserId, owner.GroupId);
        }
    }
}
