using System.Diagnostics;
using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Configuration;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string ConfigPath => directory.PathOf("config/coop.conf");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Without_anything_set_every_default_holds() =>
        Assert.Equal(
            SettingCatalog.All.Select(setting => new SettingValue(setting.Key, setting.Default, "default")),
            Read().Values
        );

    [Fact]
    public void The_environment_comes_before_the_file_and_the_file_before_the_default()
    {
        directory.Write("config/coop.conf", "# mine\nCOOP_SHELL=zsh\nCOOP_PIDS=100\nCOOP_PIDS=200\n");
        var settings = Read(("COOP_SHELL", "fish"), ("UNRELATED", "x"));
        Assert.Equal(new SettingValue("COOP_SHELL", "fish", "environment"), Value(settings, "COOP_SHELL"));
        Assert.Equal(new SettingValue("COOP_PIDS", "200", $"{ConfigPath}:4"), Value(settings, "COOP_PIDS"));
        Assert.Equal(new SettingValue("COOP_EGRESS", "open", "default"), Value(settings, "COOP_EGRESS"));
    }

    [Fact]
    public void Another_file_can_be_named()
    {
        directory.Write("config/coop.conf", "COOP_SHELL=zsh\n");
        var other = directory.Write("other", "COOP_EGRESS=none\n");
        var settings = Read(("COOP_CONF", other));
        Assert.Equal((EgressMode.None, "bash"), (settings.Egress, settings.Text(SettingCatalog.Shell)));
    }

    [Fact]
    public void A_named_file_must_exist()
    {
        var error = Fails(("COOP_CONF", directory.PathOf("missing")));
        Assert.Equal($"COOP_CONF names '{directory.PathOf("missing")}', which does not exist.", error.Message);
    }

    [Theory]
    [InlineData("COOP_RUNTIME", "kubernetes", "one of docker, podman, container, bwrap")]
    [InlineData("COOP_RUNTIME", "Docker", "one of docker, podman, container, bwrap")]
    [InlineData("COOP_EGRESS", "some", "open or none")]
    [InlineData("COOP_EGRESS", "", "open or none")]
    [InlineData("COOP_HOMES", "maybe", "1 or 0")]
    [InlineData("COOP_CACHE", "2", "1 or 0")]
    [InlineData("COOP_NO_NEW_PRIVILEGES", "0", "1: a set-uid program could otherwise become root of the host")]
    [InlineData("COOP_REPO", "project", "an absolute path")]
    [InlineData("COOP_WORKDIR", "./x", "an absolute path")]
    [InlineData("COOP_HOME_IN_BOX", "~", "an absolute path below '/'")]
    [InlineData("COOP_HOME_IN_BOX", "", "an absolute path below '/'")]
    [InlineData("COOP_HOME_IN_BOX", "/", "an absolute path below '/'")]
    [InlineData("COOP_CONFIG_DIR", "x", "an absolute path")]
    [InlineData("COOP_SHELL", "'bash", "a command with every quote closed")]
    [InlineData("COOP_RUN_ARGS", "\"", "words with every quote closed")]
    [InlineData("COOP_CLAUDE_CMD", "claude \\", "words with every quote closed")]
    [InlineData("COOP_SHELL", "", "a command with every quote closed")]
    [InlineData("COOP_BASE_IMAGE", "", "the name of an image")]
    [InlineData("COOP_BASE_IMAGE", "two words", "the name of an image")]
    [InlineData("COOP_IMAGE", "--privileged", "the name of an image")]
    [InlineData("COOP_PIDS", "15", "a number of at least 16, or 0 for no limit")]
    [InlineData("COOP_PIDS", "-1", "a number of at least 16, or 0 for no limit")]
    [InlineData("COOP_PIDS", "many", "a number of at least 16, or 0 for no limit")]
    [InlineData("COOP_MEMORY", "16m", "a size of at least 32m, such as 512m or 4g, or 0 for no limit")]
    [InlineData("COOP_MEMORY", "4x", "a size of at least 32m, such as 512m or 4g, or 0 for no limit")]
    [InlineData("COOP_MEMORY", "g", "a size of at least 32m, such as 512m or 4g, or 0 for no limit")]
    [InlineData("COOP_MEMORY", "99999999999999g", "a size of at least 32m, such as 512m or 4g, or 0 for no limit")]
    [InlineData("COOP_CPUS", "-1", "a number of processors such as 1.5, or 0 for no limit")]
    [InlineData("COOP_CPUS", "1,5", "a number of processors such as 1.5, or 0 for no limit")]
    [InlineData("COOP_CPUS", "0.001", "a number of processors such as 1.5, or 0 for no limit")]
    public void A_wrong_value_is_an_error_that_names_key_and_source(string key, string value, string rule)
    {
        var error = Fails((key, value));
        Assert.Equal($"{key} must be {rule}; it is '{value}' (from environment).", error.Message);
        Assert.Equal(ExitCode.Usage, error.ExitCode);

        directory.Write("config/coop.conf", $"{key}={value}\n");
        Assert.Equal(
            $"{key} must be {rule}; it is '{value}' (from {ConfigPath}:1).",
            Assert.Throws<UserError>(() => Read()).Message
        );
    }

    [Theory]
    [InlineData("COOP_PIDS", "0")]
    [InlineData("COOP_PIDS", "unlimited")]
    [InlineData("COOP_PIDS", "")]
    [InlineData("COOP_MEMORY", "512M")]
    [InlineData("COOP_MEMORY", "4gb")]
    [InlineData("COOP_MEMORY", "unlimited")]
    [InlineData("COOP_CPUS", "0.5")]
    [InlineData("COOP_HOMES", "OFF")]
    [InlineData("COOP_CACHE", "Yes")]
    [InlineData("COOP_NO_NEW_PRIVILEGES", "true")]
    [InlineData("COOP_RUNTIME", " bwrap ")]
    [InlineData("COOP_RUNTIME", "")]
    public void A_good_value_is_taken(string key, string value) =>
        Assert.Equal(value.Trim(), Value(Read((key, value)), key).Text);

    [Fact]
    public void Values_become_what_they_mean()
    {
        var settings = Read(
            ("COOP_RUNTIME", "bwrap"),
            ("COOP_PIDS", "0"),
            ("COOP_MEMORY", "4g"),
            ("COOP_CPUS", "1.5"),
            ("COOP_HOMES", "no"),
            ("COOP_SHELL", "zsh -l 'a b'"),
            ("COOP_CLAUDE_CMD", "claude --yes")
        );
        Assert.Equal(EngineKind.Bubblewrap, settings.Engine);
        Assert.Equal(new Cap<int>(null, true), settings.Pids);
        Assert.Equal(new Cap<long>(4L << 30, true), settings.MemoryBytes);
        Assert.Equal(new Cap<decimal>(1.5m, true), settings.Cpus);
        Assert.False(settings.KeepHomes);
        Assert.Equal(["zsh", "-l", "a b"], settings.Shell);
        Assert.Equal(["claude", "--yes"], settings.AgentCommand("COOP_CLAUDE_CMD"));
        Assert.Null(settings.AgentCommand("COOP_CODEX_CMD"));
        Assert.Equal(directory.PathOf("config/agents"), settings.ConfigDirectory);
    }

    [Fact]
    public void A_default_cap_is_not_an_explicit_one() => Assert.Equal(new Cap<int>(4096, false), Read().Pids);

    [Theory]
    [InlineData("COOP_EGRES=none", "COOP_EGRES", "Did you mean COOP_EGRESS? All settings: coop config")]
    [InlineData("PATH=/x", "PATH", "All settings: coop config")]
    [InlineData("COOP_CONF=/x", "COOP_CONF", null)]
    public void An_unknown_key_in_the_file_is_an_error_with_its_place(string line, string key, string? hint)
    {
        directory.Write("config/coop.conf", $"\n{line}\n");
        var error = Assert.Throws<UserError>(() => Read());
        Assert.Equal($"{ConfigPath}:2: '{key}' is not a setting of Coop.", error.Message);
        Assert.Equal(hint ?? error.Hint, error.Hint);
    }

    [Fact]
    public void A_line_that_is_no_setting_names_file_and_line()
    {
        directory.Write("config/coop.conf", "COOP_SHELL=zsh\nnonsense\n");
        Assert.Equal($"{ConfigPath}:2: this line is not KEY=VALUE.", Assert.Throws<UserError>(() => Read()).Message);
    }

    [Fact]
    public void A_directory_in_its_place_is_an_error()
    {
        Directory.CreateDirectory(ConfigPath);
        Assert.Equal($"The settings file '{ConfigPath}' is a directory.", Assert.Throws<UserError>(() => Read()).Message);
    }

    [Fact]
    public void A_file_that_is_no_text_is_an_error()
    {
        directory.Write("config/coop.conf", "COOP_SHELL=a\0b\n");
        Assert.Equal($"The settings file '{ConfigPath}' is not text.", Assert.Throws<UserError>(() => Read()).Message);
    }

    [Fact]
    public void A_huge_file_is_an_error()
    {
        directory.Write("config/coop.conf", new string('#', 1_000_001));
        Assert.Equal($"The settings file '{ConfigPath}' is larger than 1 MB.", Assert.Throws<UserError>(() => Read()).Message);
    }

    [Fact]
    public void A_pipe_is_refused_at_once()
    {
        Directory.CreateDirectory(directory.PathOf("config"));
        Process.Start("mkfifo", [ConfigPath]).WaitForExit();
        Assert.Equal($"The settings file '{ConfigPath}' is a pipe, not a file.", Assert.Throws<UserError>(() => Read()).Message);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_an_error()
    {
        directory.Write("config/coop.conf", "COOP_SHELL=zsh\n");
        File.SetUnixFileMode(ConfigPath, UnixFileMode.None);
        using OtherUser nobody = new();
        Assert.Equal(
            $"The settings file '{ConfigPath}' cannot be read: permission denied.",
            Assert.Throws<UserError>(() => Read()).Message
        );
    }

    [Fact]
    public void A_file_behind_a_link_is_read()
    {
        var target = directory.Write("dotfiles/coop.conf", "COOP_SHELL=zsh\n");
        Directory.CreateDirectory(directory.PathOf("config"));
        File.CreateSymbolicLink(ConfigPath, target);
        Assert.Equal("zsh", Read().Text(SettingCatalog.Shell));
    }

    [Fact]
    public void The_catalog_is_sorted_and_its_defaults_obey_their_rules()
    {
        Assert.Equal(
            SettingCatalog.All.Select(setting => setting.Key).Order(StringComparer.Ordinal),
            SettingCatalog.All.Select(setting => setting.Key)
        );
        Assert.All(SettingCatalog.All, setting => Assert.Null(setting.Problem(setting.Default)));
    }

    private static SettingValue Value(Settings settings, string key) => settings.Values.Single(value => value.Key == key);

    private Settings Read(params (string Name, string Value)[] variables) =>
        SettingsReader.Read(SomeHost.With(variables), directory.UserDirectories);

    private UserError Fails(params (string Name, string Value)[] variables) => Assert.Throws<UserError>(() => Read(variables));
}
