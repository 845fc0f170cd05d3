using System.Text;
using Coop.Boxes;
using Coop.BoxPlanning;
using Coop.Configuration;
using Coop.Git;
using Coop.GitControls;
using Coop.HiddenFiles;
using Coop.Masking;
using Coop.Places;
using Coop.Repositories;
using Coop.Storage;

namespace Coop.TestKit;

/// <summary>What was read before a box of Ada's (uid 1234) is planned: a plain repository without secrets, on docker, no terminal.</summary>
internal static class SomeFacts
{
    public const string RunId = "0a1b2c3d";
    public const string Root = "/home/ada/project";

    public static readonly UserAndGroup Ada = new(1234, 1234);
    public static readonly UserAndGroup RootUser = new(0, 0);

    public static readonly UserDirectories Directories = new(
        "/home/ada/.config/coop",
        "/home/ada/.local/state/coop",
        "/home/ada/.cache/coop",
        "/home/ada/.local/share/coop",
        "/home/ada"
    );

    public static BoxFacts On(EngineKind engine) =>
        new()
        {
            RunId = RunId,
            Engine = engine,
            Caller = Ada,
            Location = At(Root),
            RepositoryOwner = Ada,
            StartDirectory = BytePath.From(Root),
            GitConfiguration = GitConfiguration.Empty,
            GitControls = GitControlSet.None,
            GlobalIgnores = "",
            Terminal = new TerminalFacts(InputIsTerminal: false, OutputIsTerminal: false, "xterm", null),
            Hidden = HiddenSearchOf([]),
            TrackedHidden = [],
            UserVariables = [],
            HasOwnImage = false,
            Tools = null,
            Agents = null,
            Proxies = [],
            Certificates = [],
            ProgramPath = "/usr/local/bin/coop",
            Directories = Directories,
            LineDirectory = StatePaths.Line(Directories, RunId),
        };

    /// <summary>The same, called by root on a repository of root's.</summary>
    public static BoxFacts ByRoot(this BoxFacts facts) => facts with { Caller = RootUser, RepositoryOwner = RootUser };

    public static BoxFacts In(this BoxFacts facts, string root) =>
        facts with
        {
            Location = At(root),
            StartDirectory = BytePath.From(root),
        };

    /// <param name="paths">Relative; a trailing slash makes a directory, a leading <c>|</c> a special file, a leading <c>@</c> a link.</param>
    public static BoxFacts Hiding(this BoxFacts facts, params string[] paths) => facts with { Hidden = HiddenSearchOf(paths) };

    public static RepositoryLocation At(string root) =>
        new(BytePath.From(root), BytePath.From(root).Join(".git"), BytePath.From(root).Join(".git"));

    public static HiddenPaths HiddenSearchOf(string[] paths)
    {
        // An empty tree gives the parts that only a real search makes.
        using TemporaryTree tree = new();
        var nothing = new HiddenPathFinder(UserExceptions.None, HiddenMemory.Empty).Find(
            tree.Root,
            new HashSet<BytePath>(),
            default
        );
        return nothing with
        {
            Hidden = [.. paths.Where(path => path[0] != '|').Select(Hide)],
            Special = [.. paths.Where(path => path[0] == '|').Select(Hide)],
        };
    }

    private static HiddenPath Hide(string path)
    {
        var kind =
            path[0] == '|' ? HiddenKind.Special
            : path[0] == '@' ? HiddenKind.Link
            : path[^1] == '/' ? HiddenKind.Directory
            : HiddenKind.File;
        var name = Encoding.UTF8.GetBytes(path.TrimStart('|', '@').TrimEnd('/'));
        return new HiddenPath(BytePath.From(name), kind, new HiddenReason(HiddenCause.BuiltInName, "rule"));
    }
}
