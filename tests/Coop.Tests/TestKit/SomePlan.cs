using Coop.Boxes;
using Coop.BoxPlanning;
using Coop.Configuration;
using Coop.GitControls;
using Coop.Native;
using Coop.Storage;

namespace Coop.TestKit;

/// <summary>Small plans of a box, as engines get them: one mount, one variable, the default caps.</summary>
internal static class SomePlan
{
    public static BoxPlan On(EngineKind engine) =>
        new()
        {
            RunId = SomeFacts.RunId,
            Name = "coop-project-" + SomeFacts.RunId,
            Engine = engine,
            Image = engine == EngineKind.Bubblewrap ? null : "coop-box",
            Role = BoxRole.Run,
            Target = "run",
            IsForeign = false,
            Repository = BytePath.From(SomeFacts.Root),
            Location = SomeFacts.At(SomeFacts.Root),
            GitControls = GitControlSet.None,
            User = BoxUserPlanner.Plan(engine, SomeFacts.Ada, SomeFacts.Ada, SomeFacts.Root),
            Mounts = [Bind(SomeFacts.Root, SomeFacts.Root)],
            Staging = [],
            StagingDirectory = null,
            Files = [],
            Directories = [],
            MaskFile = null,
            Decoys = [],
            TrackedPaths = 0,
            Tools = null,
            Hidden = SomeFacts.HiddenSearchOf([]),
            AgentHome = null,
            HostPorts = [],
            Environment = [new("HOME", "/home/node")],
            SecretEnvironment = [],
            WorkingDirectory = BytePath.From(SomeFacts.Root),
            HomeInBox = "/home/node",
            Egress = EgressMode.Open,
            Limits = new BoxLimits(new Cap<int>(4096, false), default, default),
            HasTerminal = false,
            ReadsTerminal = false,
            Labels = [new("coop.run", SomeFacts.RunId)],
            ExtraArguments = [],
            Command = CString.List("make", "test"),
            LineDirectory = BytePath.From("/state/line"),
        };

    public static Mount Bind(string source, string target, bool isReadOnly = false) =>
        new(MountPurpose.Repository, BytePath.From(source), BytePath.From(target), isReadOnly);
}
