using Coop.Configuration;
using Coop.Errors;
using Coop.Git;
using Coop.TestKit;
using Xunit;

namespace Coop.Doctor;

public class RequirementCheckTests
{
    private static readonly UserError Trouble = new("docker does not answer: x.", "Start it: sudo systemctl start docker");

    [Fact]
    public async Task An_engine_that_does_not_answer_fails_in_its_own_words()
    {
        Assert.Equal(CheckOutcome.Held, (await Run(new EngineCheck(), On(EngineKind.Docker))).Outcome);
        var bad = await Run(new EngineCheck(), On(EngineKind.Docker) with { EngineProblem = Trouble });
        Assert.Equal((CheckOutcome.Failed, Trouble.Message, Trouble.Hint), (bad.Outcome, bad.Proof, bad.Advice));
    }

    [Fact]
    public async Task An_image_is_looked_for_and_never_fetched()
    {
        using ScriptedProcessRunner programs = new();
        programs
            .Expect(["podman", "image", "inspect", "coop-box"])
            .Expect(["podman", "image", "inspect", "coop-box"], exitCode: 125);
        ImageCheck check = new(programs);
        Assert.Equal(CheckOutcome.Held, (await Run(check, On(EngineKind.Podman))).Outcome);
        var bad = await Run(check, On(EngineKind.Podman));
        Assert.Equal((CheckOutcome.Failed, "podman has no image 'coop-box'"), (bad.Outcome, bad.Proof));
        Assert.Contains("COOP_IMAGE", bad.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bubblewrap_needs_no_image_and_a_silent_engine_is_not_asked_for_one()
    {
        using ScriptedProcessRunner none = new();
        Assert.Equal(CheckOutcome.Held, (await Run(new ImageCheck(none), On(EngineKind.Bubblewrap))).Outcome);
        Assert.Equal(
            CheckOutcome.NotProved,
            (await Run(new ImageCheck(none), On(EngineKind.Docker) with { EngineProblem = Trouble })).Outcome
        );
    }

    [Theory]
    [InlineData("git version 2.39.5", "Held")]
    [InlineData("git version 2.31.0 (Apple Git-130)", "Held")]
    [InlineData("git version 3.0.1", "Held")]
    [InlineData("git version 2.30.9", "Failed")]
    [InlineData("git version unknown", "Warned")]
    public async Task Git_must_be_new_enough(string said, string outcome)
    {
        using ScriptedProcessRunner programs = new();
        programs.Expect(["git", "--version"], output: said + "\n");
        Assert.Equal(
            outcome,
            (await Run(new GitVersionCheck(new GitClient(programs, [])), On(EngineKind.Docker))).Outcome.ToString()
        );
    }

    [Fact]
    public async Task A_missing_git_fails()
    {
        using ScriptedProcessRunner programs = new();
        programs.ExpectMissing(["git", "--version"]);
        Assert.Equal(
            CheckOutcome.Failed,
            (await Run(new GitVersionCheck(new GitClient(programs, [])), On(EngineKind.Docker))).Outcome
        );
    }

    [Theory]
    [InlineData("Engine 20.10.24\ncontainerd 1.6.20\nrunc 1.1.5+ds1\ndocker-init 0.19.0", "Warned", "CVE-2024-21626")]
    [InlineData("runc version 1.1.13\ncommit: x", "Warned", "CVE-2024-45310")]
    [InlineData("runc 1.1.15", "Warned", "CVE-2025-31133")]
    [InlineData("runc 1.2.7", "Warned", "CVE-2025-31133")]
    [InlineData("runc 1.2.8", "Held", "runc 1.2.8")]
    [InlineData("runc 1.3.2", "Warned", "CVE-2025-31133")]
    [InlineData("runc 1.3.3", "Held", "runc 1.3.3")]
    [InlineData("runc 1.4.0-rc.2", "Warned", "CVE-2025-31133")]
    [InlineData("runc 1.4.0-rc.3", "Held", "runc 1.4.0")]
    [InlineData("runc 1.4.0", "Held", "runc 1.4.0")]
    [InlineData("runc 2.0.1", "Held", "runc 2.0.1")]
    [InlineData("crun version 1.8.1\ncommit: x", "Held", "it is crun")]
    [InlineData("something else", "NotProved", "does not name it")]
    public void An_old_runc_is_warned_of(string parts, string outcome, string proof)
    {
        var result = RuncCheck.Judge(parts);
        Assert.Equal(outcome, result.Outcome.ToString());
        Assert.Contains(proof, result.Proof, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_engine_is_asked_for_its_runtime_in_its_own_way()
    {
        using ScriptedProcessRunner programs = new();
        programs
            .Expect(
                ["docker", "version", "--format", "{{range .Server.Components}}{{.Name}} {{.Version}}\n{{end}}"],
                output: "runc 1.3.3\n"
            )
            .Expect(["podman", "info", "--format", "{{.Host.OCIRuntime.Version}}"], output: "crun version 1.8\n");
        RuncCheck check = new(programs);
        Assert.Equal("runc 1.3.3", (await Run(check, On(EngineKind.Docker))).Proof);
        Assert.Equal("it is crun", (await Run(check, On(EngineKind.Podman))).Proof);
        Assert.Equal("bwrap has none", (await Run(check, On(EngineKind.Bubblewrap))).Proof);
    }

    [Theory]
    [InlineData("kernel/unprivileged_userns_clone", "0")]
    [InlineData("user/max_user_namespaces", "0")]
    [InlineData("kernel/apparmor_restrict_unprivileged_userns", "1")]
    public async Task A_switch_that_forbids_user_namespaces_is_named_with_what_opens_it(string name, string closed)
    {
        using TemporaryDirectory controls = new();
        controls.Write(name, closed + "\n");
        UserNamespaceCheck check = new(controls.Path);
        var subject = On(EngineKind.Bubblewrap) with { EngineProblem = Trouble };
        var bad = await Run(check, subject);
        Assert.Equal((CheckOutcome.Failed, $"{name.Replace('/', '.')} is {closed}"), (bad.Outcome, bad.Proof));
        Assert.Contains("sysctl", bad.Advice, StringComparison.Ordinal);

        // Where the engine may all the same, and where none is needed, it does not matter.
        Assert.Equal(CheckOutcome.Held, (await Run(check, subject with { EngineProblem = null })).Outcome);
        Assert.Equal(CheckOutcome.Held, (await Run(check, subject with { Engine = EngineKind.Docker })).Outcome);
    }

    [Fact]
    public async Task A_kernel_without_those_switches_forbids_nothing()
    {
        using TemporaryDirectory controls = new();
        Assert.Equal(
            CheckOutcome.Held,
            (await Run(new UserNamespaceCheck(controls.Path), On(EngineKind.Bubblewrap) with { EngineProblem = Trouble })).Outcome
        );
    }

    [Fact]
    public async Task Bubblewrap_with_a_network_needs_slirp_and_the_device()
    {
        using TemporaryDirectory directory = new();
        var device = directory.Write("tun", "");
        using ScriptedProcessRunner programs = new();
        programs
            .Expect(["slirp4netns", "--version"], output: "slirp4netns version 1.2.0\ncommit: x\n")
            .Expect(["slirp4netns", "--version"])
            .ExpectMissing(["slirp4netns", "--version"]);
        Assert.Equal(
            "slirp4netns version 1.2.0",
            (await Run(new BubblewrapNetworkCheck(programs, device), On(EngineKind.Bubblewrap))).Proof
        );
        var closed = await Run(new BubblewrapNetworkCheck(programs, directory.PathOf("none")), On(EngineKind.Bubblewrap));
        Assert.Equal(CheckOutcome.Failed, closed.Outcome);
        Assert.Contains("chmod", closed.Advice, StringComparison.Ordinal);
        var missing = await Run(new BubblewrapNetworkCheck(programs, device), On(EngineKind.Bubblewrap));
        Assert.Equal((CheckOutcome.Failed, "slirp4netns is not installed"), (missing.Outcome, missing.Proof));
    }

    [Fact]
    public async Task Nothing_is_asked_where_no_network_or_another_engine_is_wanted()
    {
        using ScriptedProcessRunner none = new();
        BubblewrapNetworkCheck check = new(none, "/nowhere");
        Assert.Equal(CheckOutcome.Held, (await Run(check, On(EngineKind.Docker))).Outcome);
        Assert.Equal(CheckOutcome.Held, (await Run(check, On(EngineKind.Bubblewrap, (SettingCatalog.Egress, "none")))).Outcome);
    }

    [Fact]
    public async Task Words_of_the_users_own_are_warned_of()
    {
        Assert.Equal(CheckOutcome.Held, (await Run(new RunArgumentsCheck(), On(EngineKind.Docker))).Outcome);
        var warned = await Run(new RunArgumentsCheck(), On(EngineKind.Docker, (SettingCatalog.RunArguments, "--privileged")));
        Assert.Equal((CheckOutcome.Warned, "COOP_RUN_ARGS is --privileged"), (warned.Outcome, warned.Proof));
    }

    private static Task<CheckResult> Run(IRequirementCheck check, DoctorSubject subject) =>
        check.CheckAsync(subject, TestContext.Current.CancellationToken);

    private static DoctorSubject On(EngineKind engine, params (string Key, string Value)[] settings) =>
        new(SomeHost.With(), SomeSettings.With(settings), engine, engine == EngineKind.Bubblewrap ? null : "coop-box", null);
}
