using Coop.Agents;
using Coop.Boxes;
using Coop.Clones;
using Coop.ForkKeeping;
using Coop.Logins;
using Coop.Native;
using Coop.Places;
using Coop.Runs;
using Coop.Terminal;

namespace Coop.Forks;

/// <summary>Opens a fork, or enters it again, and runs an agent in its box.</summary>
internal sealed class ForkEntry(RunDoors doors)
{
    /// <param name="program">Words that the agent gets.</param>
    public async Task<int> RunAsync(
        string name,
        string? target,
        ForkEntryOptions options,
        IReadOnlyList<CString> program,
        CancellationToken cancellationToken
    )
    {
        ForkName.Check(name);
        var given = target is null ? null : AgentRequests.Target(target, doors.Settings);
        var desk = await ForkDesk.OpenAsync(doors, cancellationToken);
        _ = await desk.PositionAsync(cancellationToken);
        desk.Store.Prepare();
        using var held = ForkLock.Take(desk.Places, name, target ?? "coop fork", doors.Time);
        var record = await new ForkCreator(desk).FindOrMakeAsync(name, options, cancellationToken);
        var chosen = target ?? record.Target ?? SignedIn() ?? AgentCatalog.All[0].Name;
        var agent = given ?? AgentRequests.Target(chosen, doors.Settings);
        var request = AgentRequests.Make(
            agent,
            new AgentErrand.Interactive(),
            options.IsFresh ? null : ResumeOf(desk, record, agent),
            doors.Settings,
            program
        );
        if (record.Target != chosen)
        {
            record = record with { Target = chosen };
            desk.Store.Write(record);
        }

        return await EnterAsync(
            desk,
            record,
            session => session.RunAsync(request with { IsForeign = true }, isStrict: false, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Makes a fork and runs a command in its box, without the user's streams.</summary>
    public async Task CaptureAsync(string name, BoxRequest request, CancellationToken cancellationToken)
    {
        var desk = await ForkDesk.OpenAsync(doors, cancellationToken);
        desk.Store.Prepare();
        using var held = ForkLock.Take(desk.Places, name, "coop fork", doors.Time);
        var record = await new ForkCreator(desk).FindOrMakeAsync(
            name,
            new ForkEntryOptions(true, false, false, false),
            cancellationToken
        );
        await EnterAsync(
            desk,
            record,
            async session => (await session.CaptureAsync(request with { IsForeign = true }, cancellationToken)).ExitCode,
            cancellationToken
        );
    }

    private async Task<int> EnterAsync(
        ForkDesk desk,
        ForkRecord record,
        Func<RunSession, Task<int>> run,
        CancellationToken cancellationToken
    )
    {
        var foreign = desk.OpenFork(record, cancellationToken);
        var before = ForkDesk.TipOf(record, foreign);
        desk.Store.Log(record.Name, $"{record.Target ?? "a command"} begins at {before[..10]}");
        using var place = ScratchPlace.Make(desk.Places);
        var session = desk.SessionOn(foreign, before, place.Directory.Join("seen"));
        var code = await run(session);
        Tell(desk, record, before, code, cancellationToken);
        return code;
    }

    // The account that is taken when no target is named.
    private string? SignedIn() =>
        new AccountList(doors.Settings.ConfigDirectory, doors.Time).Read().FirstOrDefault(state => state.IsDefault) is { } state
            ? AgentTarget.NameOf(state.Place.Agent, state.Place.Account)
            : null;

    // The fork's home holds the conversations of that agent and account in that fork.
    private AgentResume.Last? ResumeOf(ForkDesk desk, ForkRecord record, AgentTarget target)
    {
        var home = StatePaths.Home(doors.Directories, desk.Places.Fork(record.Name), target.AccountName);
        return doors.Settings.KeepHomes && Conversations.Exist(target.Agent, home) ? new AgentResume.Last() : null;
    }

    private void Tell(ForkDesk desk, ForkRecord record, string before, int code, CancellationToken cancellationToken)
    {
        var after = ForeignReferences.Read(desk.Places.Fork(record.Name).Join(".git"), desk.Shape.IdLength, cancellationToken);
        var tip = after.All.GetValueOrDefault($"refs/heads/{record.Name}") ?? after.Head;
        desk.Store.Log(record.Name, $"{record.Target} ended with {code} at {tip?[..10] ?? "no commit"}");
        doors.Terminal.Say(
            tip == before
                ? $"Nothing was committed in fork '{record.Name}'."
                : $"Fork '{record.Name}' has new commits; look: coop fork review {record.Name}"
        );
    }
}
