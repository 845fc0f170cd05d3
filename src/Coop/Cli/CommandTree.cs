using System.CommandLine;
using System.CommandLine.Help;
using Coop.Accounts;
using Coop.Boxes;
using Coop.BoxPlanning;
using Coop.CheckSecrets;
using Coop.Configuration;
using Coop.Demo;
using Coop.Doctor;
using Coop.Egress;
using Coop.Engines;
using Coop.ForkLoops;
using Coop.Forks;
using Coop.Git;
using Coop.Guards;
using Coop.Images;
using Coop.Init;
using Coop.LiveBoxes;
using Coop.Logins;
using Coop.Loops;
using Coop.Native;
using Coop.Runs;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.Upkeep;

namespace Coop.Cli;

/// <summary>Makes every command by hand; the compiler checks the wiring. What costs something is made when a command asks for it.</summary>
internal sealed class CommandTree(Doors doors)
{
    private readonly Lazy<Settings> settings = new(() => SettingsReader.Read(doors.Host, doors.Directories));
    private readonly ToolProvision tools = new(doors.Terminal, doors.Time);

    /// <summary>Commands that are followed by the words of a program in the box, and the options Coop takes before those.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> TakesProgram { get; } =
        new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal)
        {
            [RunCommand.Name] = new HashSet<string>(StringComparer.Ordinal) { RunCommand.DryRunOption, "-h", "--help" },
            [ArgumentSplit.AgentCommandName] = new HashSet<string>(StringComparer.Ordinal)
            {
                AgentCommand.StrictOption,
                "-h",
                "--help",
            },
            [ArgumentSplit.LoginCommandName] = new HashSet<string>(StringComparer.Ordinal) { "-h", "--help" },
        };

    /// <param name="program">The words that belong to the program in the box.</param>
    public RootCommand Make(IReadOnlyList<CString> program)
    {
        RootCommand root = new("Run coding agents with their brakes off, in a box that holds one repository and nothing else.")
        {
            HelpName = "coop",
        };
        root.Options.Clear();
        root.Options.Add(
            new HelpOption("--help", "-h")
            {
                Action = new HelpPage(doors.Terminal),
                Description = "Show help.",
                Recursive = true,
            }
        );
        root.Options.Add(VersionCommand.DeclareOption(doors.Terminal));
        root.Subcommands.Add(RunCommand.Declare(Session, program));
        root.Subcommands.Add(ShellCommand.Declare(Session, () => settings.Value));
        root.Subcommands.Add(AgentCommand.Declare(Session, () => settings.Value, program));
        root.Subcommands.Add(new ForkCommand(RunDoors, new ForkLoop(RunDoors)).Declare(program));
        root.Subcommands.Add(LoopCommand.Declare(RunDoors));
        root.Subcommands.Add(LoginCommand.Declare(Login, program));
        root.Subcommands.Add(AccountsCommand.Declare(() => settings.Value, doors.Terminal, doors.Time));
        root.Subcommands.Add(
            new HiddenCommand(doors.Host, () => doors.Directories, () => settings.Value, doors.Terminal).Declare()
        );
        root.Subcommands.Add(BuildCommand.DeclareBuild(Builder));
        root.Subcommands.Add(BuildCommand.DeclareUpdate(Builder));
        root.Subcommands.Add(CheckSecrets().Declare());
        root.Subcommands.Add(
            new TasksCommand(doors.Host, () => doors.Directories, () => settings.Value, doors.Terminal).Declare()
        );
        root.Subcommands.Add(
            new InitCommand(
                doors.Host,
                () => doors.Directories,
                () => settings.Value,
                () => GitFor(doors.Host),
                doors.Terminal
            ).Declare()
        );
        root.Subcommands.Add(DemoCommand.Declare(Demo));
        root.Subcommands.Add(DoctorCommand.Declare(Doctor));
        root.Subcommands.Add(ConfigCommand.Declare(() => settings.Value, doors.Terminal));
        root.Subcommands.Add(CompletionCommand.Declare(doors.Terminal));
        root.Subcommands.Add(VersionCommand.Declare(doors.Terminal));
        root.Subcommands.Add(HelpCommand.Declare(root, doors.Terminal));
        root.SetAction(_ =>
        {
            doors.Terminal.Out(HelpText.Render(root));
            return Errors.ExitCode.Done;
        });
        return root;
    }

    private IContainerEngine Engine(EngineKind kind) =>
        kind switch
        {
            EngineKind.Docker => new DockerEngine(doors.Processes),
            EngineKind.Podman => new PodmanEngine(doors.Processes),
            EngineKind.AppleContainer => new AppleEngine(doors.Processes),
            EngineKind.Bubblewrap => new BubblewrapEngine(doors.Processes, doors.Host.ExecutablePath),
            _ => throw new InvalidOperationException($"No engine for {kind}."),
        };

    private RunSession Session() => SessionFor(doors.Host, settings.Value);

    /// <summary>A session on the machine as somebody sees it: the user, or a throw-away project with a home of its own.</summary>
    private RunSession SessionFor(HostEnvironment host, Settings chosen) => SessionFor(host, chosen, []);

    /// <param name="gitVariables">What git gets besides: a directory of Coop's own in the place of a tree that an agent wrote.</param>
    private RunSession SessionFor(HostEnvironment host, Settings chosen, IReadOnlyList<CString> gitVariables)
    {
        var directories = UserDirectories.From(host.Get);
        GitClient git = new(doors.Processes, [.. GitEnvironment(host), .. gitVariables]);
        GitControlGuard guard = new(git, directories, doors.Time);
        return new RunSession(
            host,
            directories,
            chosen,
            new BoxFactsCollector(host, directories, git),
            new IndexSettling(git, doors.Time),
            new EngineDetector(Engine, directories),
            Engine,
            new BoxReaper(Engine, guard, doors.Time),
            new BoxRunner(doors.Processes, directories, doors.Terminal, guard, new HostPorts(), doors.Time, host.IsRoot),
            ImagesFor(host, chosen),
            tools,
            doors.Terminal,
            doors.Time
        );
    }

    private GitClient GitFor(HostEnvironment host) => new(doors.Processes, GitEnvironment(host));

    private static IReadOnlyList<CString> GitEnvironment(HostEnvironment host) =>
        [.. host.AsList().Where(variable => !variable.Bytes.StartsWith("GIT_"u8))];

    private RunDoors RunDoors() => RunDoorsFor(doors.Host, settings.Value, doors.Terminal);

    private RunDoors RunDoorsFor(HostEnvironment host, Settings chosen, Coop.Terminal.ITerminal terminal) =>
        new(
            host,
            UserDirectories.From(host.Get),
            chosen,
            new GitLauncher(doors.Processes, GitEnvironment(host)),
            GitFor(host),
            SessionFor,
            doors.Processes,
            terminal,
            doors.Time
        );

    private CheckSecretsCommand CheckSecrets() =>
        new(
            doors.Host,
            () => doors.Directories,
            () => settings.Value,
            () => GitFor(doors.Host),
            () => new GitContents(doors.Processes, GitEnvironment(doors.Host)),
            doors.Terminal,
            doors.Time
        );

    private ImageKeeper ImagesFor(HostEnvironment host, Settings chosen) =>
        new(host, UserDirectories.From(host.Get), chosen, doors.Processes, doors.Terminal, doors.Time);

    private BoxBuilder Builder() =>
        new(
            doors.Host,
            doors.Directories,
            settings.Value,
            new EngineDetector(Engine, doors.Directories),
            ImagesFor(doors.Host, settings.Value),
            new AgentsDirectory(doors.Host, doors.Directories, settings.Value, SessionFor, doors.Terminal, doors.Time),
            () =>
                [
                    .. new AccountList(settings.Value.ConfigDirectory, doors.Time)
                        .Read()
                        .Select(state => state.Place.Agent)
                        .Distinct(),
                ]
        );

    private LoginRunner Login() => new(doors.Host, doors.Directories, settings.Value, SessionFor, doors.Terminal, doors.Time);

    private DemoRunner Demo() =>
        new(
            doors.Host,
            () => settings.Value,
            () => new EngineDetector(Engine, doors.Directories),
            Engine,
            SessionFor,
            GitFor,
            RunDoorsFor,
            doors.Terminal
        );

    private DoctorRunner Doctor()
    {
        IRequirementCheck[] requirements =
        [
            new EngineCheck(),
            new UserNamespaceCheck("/proc/sys"),
            new ImageCheck(doors.Processes),
            new GitVersionCheck(GitFor(doors.Host)),
            new RuncCheck(doors.Processes),
            new BubblewrapNetworkCheck(doors.Processes, "/dev/net/tun"),
            new RunArgumentsCheck(),
        ];

        // In this order in the box: what destroys the most comes last.
        IDoctorCheck[] checks =
        [
            new HiddenFilesCheck(),
            new HomeCheck(),
            new NetworkCheck(),
            new PrivilegeCheck(),
            new OwnershipCheck(),
            new GitCheck(),
            new MaskStrengthCheck(),
        ];
        return new DoctorRunner(
            doors.Host,
            doors.Directories,
            settings.Value,
            new EngineDetector(Engine, doors.Directories),
            Engine,
            requirements,
            checks,
            new BoxAttack(doors.Processes, doors.Directories, SessionFor, GitFor),
            doors.Terminal
        );
    }
}
