using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.AgentTests.TestKit;

/// <summary>The agents, and where each is tried, as theory data.</summary>
public static class AgentRigs
{
    private static readonly BoxRig[] Every =
    [
        .. Enum.GetValues<Engine>()
            .SelectMany(engine => Enum.GetValues<CallerKind>().Select(caller => new BoxRig(engine, caller))),
    ];

    // One for each engine, as most people call it; root's ways are tried where who calls makes a difference.
    private static readonly BoxRig[] Usual =
    [
        new(Engine.Docker, CallerKind.Root),
        new(Engine.Podman, CallerKind.Ordinary),
        new(Engine.Bwrap, CallerKind.Ordinary),
    ];

    // These take a few seconds of processor time to start: they are tried once for each engine, the last one mostly on one engine.
    private static readonly string[] Slow = ["gemini", "qwen"];
    private const string Fourth = "qwen";

    /// <summary>Every engine and caller, with every agent.</summary>
    public static TheoryData<BoxRig, string> All =>
        Rows(Every, AgentScene.Agents, (rig, agent) => !Slow.Contains(agent) || Usual.Contains(rig));

    /// <summary>Every engine once, with every agent.</summary>
    public static TheoryData<BoxRig, string> EachEngine =>
        Rows(Usual, AgentScene.Agents, (rig, agent) => agent != Fourth || rig.Engine == Engine.Bwrap);

    /// <summary>Every engine once, with the agents that have a provider of their own.</summary>
    public static TheoryData<BoxRig, string> FirstThree => Rows(Usual, AgentScene.Agents, (_, agent) => agent != Fourth);

    /// <summary>Every engine once.</summary>
    public static TheoryData<BoxRig> Engines => [.. Usual];

    private static TheoryData<BoxRig, string> Rows(
        BoxRig[] rigs,
        IReadOnlyList<string> agents,
        Func<BoxRig, string, bool> isTried
    )
    {
        TheoryData<BoxRig, string> rows = [];
        foreach (var rig in rigs)
        {
            foreach (var agent in agents.Where(agent => isTried(rig, agent)))
            {
                rows.Add(rig, agent);
            }
        }

        return rows;
    }
}
