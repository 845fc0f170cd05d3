using Coop.Agents;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.GitControls;
using Coop.Native;
using Coop.Places;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.BoxPlanning;

public class BoxPlannerTests
{
    private static readonly BoxRequest Run = new(BoxRole.Run, CString.List("make", "test"), Agent: null);

    [Theory]
    [InlineData("docker", false)]
    [InlineData("docker", true)]
    [InlineData("podman", false)]
    [InlineData("bwrap", false)]
    [InlineData("bwrap", true)]
    public void A_plain_box_is_planned_whole(string engine, bool byRoot)
    {
        var facts = SomeFacts.On(EngineNames.Find(engine)!.Value).Hiding(".env", "deploy/secrets/", "|run.sock");
        var plan = BoxPlanner.Plan(Run, byRoot ? facts.ByRoot() : facts, SomeSettings.With());
        Snapshot.Match(PlanLines.Of(plan), test: $"A_plain_box.{engine}{(byRoot ? ".root" : "")}");
    }

    [Fact]
    public void The_same_facts_give_the_same_plan() =>
        Assert.Equal(
            PlanLines.Of(BoxPlanner.Plan(Run, SomeFacts.On(EngineKind.Docker), SomeSettings.With())),
            PlanLines.Of(BoxPlanner.Plan(Run, SomeFacts.On(EngineKind.Docker), SomeSettings.With()))
        );

    [Fact]
    public void Every_hidden_path_is_covered_by_something_empty_and_read_only_and_a_link_by_what_it_leads_to()
    {
        var plan = BoxPlanner.Plan(
            Run,
            SomeFacts.On(EngineKind.Docker).Hiding(".env", "a b,c\"d", "keys/", "@link.pem", "|fifo"),
            SomeSettings.With()
        );
        Assert.Equal(
            [
                "Hidden /home/ada/.local/state/coop/empty/file at /home/ada/project/.env read-only",
                "Hidden /home/ada/.local/state/coop/empty/file at /home/ada/project/a b,c\"d read-only",
                "Hidden /home/ada/.local/state/coop/empty/directory at /home/ada/project/keys read-only",
                "Special /home/ada/.local/state/coop/empty/file at /home/ada/project/fifo read-only",
            ],
            plan.Mounts.Where(mount => mount.Purpose is MountPurpose.Hidden or MountPurpose.Special).Select(PlanLines.MountLine)
        );
    }

    [Fact]
    public void Every_rule_file_lies_read_only_on_itself()
    {
        var facts = SomeFacts.On(EngineKind.Docker);
        var hidden = facts.Hidden with { RuleFiles = [BytePath.From(".coopignore"), BytePath.From("a/.coopignore")] };
        var plan = BoxPlanner.Plan(Run, facts with { Hidden = hidden }, SomeSettings.With());
        Assert.Equal(
            [
                "Rules /home/ada/project/.coopignore at /home/ada/project/.coopignore read-only",
                "Rules /home/ada/project/a/.coopignore at /home/ada/project/a/.coopignore read-only",
            ],
            plan.Mounts.Where(mount => mount.Purpose == MountPurpose.Rules).Select(PlanLines.MountLine)
        );
    }

    [Fact]
    public void A_name_that_is_no_utf8_is_hidden_under_its_bytes()
    {
        var facts = SomeFacts.On(EngineKind.Docker).Hiding("x");
        byte[] name = [0xff, (byte)'.', (byte)'k'];
        var hidden = facts.Hidden.Hidden[0] with { Path = BytePath.From(name) };
        var plan = BoxPlanner.Plan(Run, facts with { Hidden = facts.Hidden with { Hidden = [hidden] } }, SomeSettings.With());
        var mount = Assert.Single(plan.Mounts, mount => mount.Purpose == MountPurpose.Hidden);
        Assert.Equal(BytePath.From(SomeFacts.Root).Join(name), mount.Target);
    }

    [Fact]
    public void Masks_lie_on_top_of_the_tree_and_the_tree_on_top_of_the_home()
    {
        var facts = SomeFacts.On(EngineKind.Docker).In("/home/node/work").Hiding(".env");
        Assert.Equal(
            [
                MountPurpose.Home,
                MountPurpose.Cache,
                MountPurpose.Repository,
                MountPurpose.GitDirectory,
                MountPurpose.Hidden,
                MountPurpose.Program,
                MountPurpose.Lifeline,
            ],
            BoxPlanner.Plan(Run, facts, SomeSettings.With()).Mounts.Select(mount => mount.Purpose).TakeWhile(NotIdentity)
        );

        static bool NotIdentity(MountPurpose purpose) => purpose != MountPurpose.Identity;
    }

    [Fact]
    public void Places_for_mounts_inside_the_home_are_made_there_with_the_owner_of_the_repository()
    {
        var facts = SomeFacts.On(EngineKind.Docker).ByRoot().In("/home/node/src/work").Hiding(".env") with
        {
            RepositoryOwner = new UserAndGroup(1234, 50),
        };
        var plan = BoxPlanner.Plan(Run, facts, SomeSettings.With());
        var home = StatePaths.Home(SomeFacts.Directories, facts.Location.Root, "run");
        Assert.Equal(
            [
                home.ToString(),
                StatePaths.Cache(SomeFacts.Directories, facts.Location.Root).ToString(),
                $"{home}/.cache",
                $"{home}/src",
                $"{home}/src/work",
            ],
            plan.Directories.Select(directory => directory.Path.ToString())
        );
        Assert.All(plan.Directories, directory => Assert.Equal(new UserAndGroup(1234, 50), directory.Owner));
    }

    [Fact]
    public void Git_outside_the_tree_is_mounted_at_its_own_place()
    {
        var facts = SomeFacts.On(EngineKind.Docker);
        var common = BytePath.From("/home/ada/main/.git");
        var worktree = facts with
        {
            Location = facts.Location with { GitDirectory = common.Join("worktrees/project"), CommonDirectory = common },
        };
        Assert.Equal(["GitDirectory /home/ada/main/.git at /home/ada/main/.git"], GitLines(worktree));

        var elsewhere = facts with
        {
            Location = facts.Location with { GitDirectory = BytePath.From("/srv/git/x"), CommonDirectory = common },
        };
        Assert.Equal(
            ["GitDirectory /home/ada/main/.git at /home/ada/main/.git", "GitDirectory /srv/git/x at /srv/git/x"],
            GitLines(elsewhere)
        );

        static IEnumerable<string> GitLines(BoxFacts facts) =>
            BoxPlanner
                .Plan(Run, facts, SomeSettings.With())
                .Mounts.Where(mount => mount.Purpose == MountPurpose.GitDirectory)
                .Select(PlanLines.MountLine);
    }

    [Theory]
    [InlineData("claude", "ANTHROPIC_API_KEY=a,NEUTRAL=n")]
    [InlineData("codex", "OPENAI_API_KEY=o,NEUTRAL=n")]
    [InlineData("gemini", "NEUTRAL=n")]
    [InlineData(null, "NEUTRAL=n")]
    public void A_key_reaches_only_its_agents_box_and_steering_variables_none(string? agent, string expected)
    {
        var facts = SomeFacts.On(EngineKind.Docker) with
        {
            UserVariables =
            [
                new("ANTHROPIC_API_KEY", "a"),
                new("OPENAI_API_KEY", "o"),
                new("NEUTRAL", "n"),
                new("LD_PRELOAD", "/evil.so"),
                new("COOP_RUNTIME", "x"),
                new("DOTNET_STARTUP_HOOKS", "x"),
            ],
        };
        BoxRequest request = new(BoxRole.Agent, CString.List("x"), agent is null ? null : AgentCatalog.Find(agent));
        var plan = BoxPlanner.Plan(request, facts, SomeSettings.With());
        Assert.Equal(expected.Split(','), plan.SecretEnvironment.Select(variable => variable.ToString()));
    }

    [Fact]
    public void What_the_users_file_says_travels_only_over_the_lifeline()
    {
        var facts = SomeFacts.On(EngineKind.Docker) with { UserVariables = [new("NEUTRAL", "sesame")] };
        var plan = BoxPlanner.Plan(Run, facts, SomeSettings.With());
        Assert.DoesNotContain("sesame", PlanLines.Of(plan with { SecretEnvironment = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_demo_gets_nothing_of_the_users()
    {
        var facts = SomeFacts.On(EngineKind.Bubblewrap) with { UserVariables = [new("NEUTRAL", "n")] };
        var plan = BoxPlanner.Plan(new BoxRequest(BoxRole.Demo, CString.List("x"), null), facts, SomeSettings.With());
        Assert.Equal([], plan.SecretEnvironment);
        Assert.Equal(0, plan.CountOf(MountPurpose.Home) + plan.CountOf(MountPurpose.Cache));
    }

    [Theory]
    [InlineData("/proc/x", "/proc")]
    [InlineData("/sys", "/sys")]
    [InlineData("/dev/shm/project", "/dev")]
    [InlineData("/run/coop/project", "/run/coop")]
    [InlineData("/etc", "/etc")]
    [InlineData("/usr/src/linux", "/usr")]
    [InlineData("/bin", "/bin")]
    [InlineData("/lib64/x", "/lib64")]
    public void A_repository_in_a_place_that_the_box_needs_is_refused(string root, string place)
    {
        var facts = SomeFacts.On(EngineKind.Docker).In(root);
        var error = Assert.Throws<UserError>(() => BoxPlanner.Plan(Run, facts, SomeSettings.With()));
        Assert.Equal($"The repository '{root}' lies in {place}, which a box needs for itself.", error.Message);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void A_repository_that_holds_a_place_of_the_boxs_is_refused()
    {
        var facts = SomeFacts.On(EngineKind.Docker).In("/run");
        var error = Assert.Throws<UserError>(() => BoxPlanner.Plan(Run, facts, SomeSettings.With()));
        Assert.Equal("The repository '/run' holds /run/coop, which a box needs for itself.", error.Message);
    }

    [Theory]
    [InlineData("/processes/x")]
    [InlineData("/run/cooper")]
    [InlineData("/usrlocal")]
    public void A_place_that_only_begins_alike_is_fine(string root) =>
        Assert.Equal(
            BytePath.From(root),
            BoxPlanner.Plan(Run, SomeFacts.On(EngineKind.Docker).In(root), SomeSettings.With()).Repository
        );

    [Fact]
    public void A_box_shows_utc_when_it_is_asked_to_whatever_the_user_set()
    {
        var facts = SomeFacts.On(EngineKind.Bubblewrap) with { UserVariables = [new("TZ", "Europe/Berlin")] };
        var own = BoxPlanner.Plan(Run, facts, SomeSettings.With()).SecretEnvironment;
        Assert.Equal("TZ=Europe/Berlin", Assert.Single(own).ToString());

        // Of two for one name the later wins, and what is sent to a box wins over what its engine sets.
        var utc = BoxPlanner.Plan(Run with { ShowsUtc = true }, facts, SomeSettings.With()).SecretEnvironment;
        Assert.Equal("TZ=UTC0", utc[^1].ToString());
    }

    [Fact]
    public void A_plan_that_is_only_printed_has_no_lifeline()
    {
        var plan = BoxPlanner.Plan(Run, SomeFacts.On(EngineKind.Docker) with { LineDirectory = null }, SomeSettings.With());
        Assert.Equal(0, plan.CountOf(MountPurpose.Lifeline));
        Assert.Null(plan.LineDirectory);
    }

    [Fact]
    public void Only_the_tree_its_git_directory_the_home_and_the_cache_can_be_written()
    {
        MountPurpose[] writable = [MountPurpose.Repository, MountPurpose.GitDirectory, MountPurpose.Home, MountPurpose.Cache];
        var plan = BoxPlanner.Plan(Run, SomeFacts.On(EngineKind.Bubblewrap).Hiding(".env", "|s"), SomeSettings.With());
        Assert.All(plan.Mounts, mount => Assert.Equal(!writable.Contains(mount.Purpose), mount.IsReadOnly));
    }

    [Fact]
    public void Homes_of_different_repositories_and_accounts_are_different()
    {
        BoxRequest claude = new(BoxRole.Agent, CString.List("claude"), AgentCatalog.Find("claude"));
        string[] homes =
        [
            HomeOf(Run, SomeFacts.Root),
            HomeOf(claude, SomeFacts.Root),
            HomeOf(Run, "/home/ada/other"),
            HomeOf(claude, "/home/ada/other"),
        ];
        Assert.Equal(4, homes.Distinct().Count());

        static string HomeOf(BoxRequest request, string root) =>
            BoxPlanner
                .Plan(request, SomeFacts.On(EngineKind.Docker).In(root), SomeSettings.With())
                .Mounts.Single(mount => mount.Purpose == MountPurpose.Home)
                .Source.ToString();
    }

    [Fact]
    public void Homes_and_cache_can_be_switched_off()
    {
        var plan = BoxPlanner.Plan(
            Run,
            SomeFacts.On(EngineKind.Docker),
            SomeSettings.With((SettingCatalog.Homes, "0"), (SettingCatalog.Cache, "off"))
        );
        Assert.Equal(0, plan.CountOf(MountPurpose.Home) + plan.CountOf(MountPurpose.Cache));
        Assert.Equal([], plan.Directories);
    }

    [Theory]
    [InlineData("docker", false, "", "coop-box")]
    [InlineData("docker", true, "", "coop-project-0b7d8a2c")]
    [InlineData("docker", true, "mine:1", "mine:1")]
    [InlineData("bwrap", true, "mine:1", null)]
    public void The_image_is_the_forced_one_the_repositorys_or_the_base(
        string engine,
        bool hasOwn,
        string forced,
        string? expected
    )
    {
        var facts = SomeFacts.On(EngineNames.Find(engine)!.Value) with { HasOwnImage = hasOwn };
        var plan = BoxPlanner.Plan(Run, facts, SomeSettings.With((SettingCatalog.Image, forced)));
        Assert.Equal(expected?.Replace("0b7d8a2c", RepositoryId.Of(facts.Location.Root)[..8]), plan.Image);
    }

    [Fact]
    public void A_terminal_brings_its_kind_and_colours()
    {
        var facts = SomeFacts.On(EngineKind.Docker) with { Terminal = new TerminalFacts(true, true, "screen", "truecolor") };
        var plan = BoxPlanner.Plan(Run, facts, SomeSettings.With());
        Assert.True(plan.HasTerminal);
        Assert.Equal(
            [
                new BoxVariable("COLORTERM", "truecolor"),
                new BoxVariable("HOME", "/home/node"),
                new BoxVariable("LANG", "C.UTF-8"),
                new BoxVariable("LOGNAME", "node"),
                new BoxVariable("TERM", "screen"),
                new BoxVariable("USER", "node"),
            ],
            plan.Environment
        );
    }

    [Theory]
    [InlineData("docker", true, true, true)]
    [InlineData("docker", true, false, false)]
    [InlineData("docker", false, true, false)]
    [InlineData("podman", true, false, false)]
    [InlineData("bwrap", true, true, true)]
    [InlineData("bwrap", true, false, true)]
    [InlineData("bwrap", false, true, false)]
    public void A_box_has_a_terminal_where_that_spoils_no_redirected_output(string engine, bool input, bool output, bool expected)
    {
        var facts = SomeFacts.On(EngineNames.Find(engine)!.Value) with
        {
            Terminal = new TerminalFacts(input, output, null, null),
        };
        var plan = BoxPlanner.Plan(Run, facts, SomeSettings.With());
        Assert.Equal((expected, input), (plan.HasTerminal, plan.ReadsTerminal));
        Assert.Equal(expected, plan.Environment.Contains(new BoxVariable("TERM", "xterm")));
    }

    [Fact]
    public void What_git_obeys_lies_read_only_on_top_of_its_directory()
    {
        var git = BytePath.From(SomeFacts.Root).Join(".git");
        var facts = SomeFacts.On(EngineKind.Docker) with
        {
            GitControls = GitControlSet.None with
            {
                Existing =
                [
                    new(git.Join("config"), GitControlKind.Copy, "[core]\n"),
                    new(git.Join("config.worktree"), GitControlKind.Blank),
                    new(git.Join("hooks"), GitControlKind.ReadOnly),
                ],
                EmptyDirectories = [git.Join("hooks")],
            },
        };
        var plan = BoxPlanner.Plan(Run, facts, SomeSettings.With());
        var copy = PlannedFile.Shared(SomeFacts.Directories, "git-copy", "[core]\n");
        Assert.Equal(
            [
                $"GitDirectory {git} at {git}",
                $"GitControl {copy.Path} at {git}/config read-only",
                $"GitControl /home/ada/.local/state/coop/empty/file at {git}/config.worktree read-only",
                $"GitControl {git}/hooks at {git}/hooks read-only",
            ],
            plan.Mounts.Where(mount => mount.Purpose is MountPurpose.GitDirectory or MountPurpose.GitControl)
                .Select(PlanLines.MountLine)
        );
        Assert.Contains(copy, plan.Files);
        Assert.Contains(new PlannedDirectory(git.Join("hooks"), SomeFacts.Ada, IsOpen: true), plan.Directories);
    }

    [Fact]
    public void The_box_starts_where_coop_was_started_or_where_the_setting_says()
    {
        var facts = SomeFacts.On(EngineKind.Docker) with { StartDirectory = BytePath.From(SomeFacts.Root + "/src") };
        Assert.Equal(BytePath.From(SomeFacts.Root + "/src"), BoxPlanner.Plan(Run, facts, SomeSettings.With()).WorkingDirectory);
        Assert.Equal(
            BytePath.From("/srv"),
            BoxPlanner.Plan(Run, facts, SomeSettings.With((SettingCatalog.WorkingDirectory, "/srv"))).WorkingDirectory
        );
    }
}
