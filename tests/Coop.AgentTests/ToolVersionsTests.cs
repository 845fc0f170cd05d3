using Coop.AgentTests.TestKit;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.AgentTests;

/// <summary>mise itself, with a plugin that lies in the repository: it fetches nothing.</summary>
public class ToolVersionsTests
{
    [Theory]
    [MemberData(nameof(AgentRigs.Engines), MemberType = typeof(AgentRigs))]
    public async Task The_tools_of_a_repository_are_installed_once_and_are_in_its_boxes(BoxRig rig)
    {
        await using var scene = await SceneAsync(rig);
        var first = (await scene.Coop("run", "--", "greet").RunAsync()).Succeeded();
        Assert.Equal("greet 1.1.0\n", first.Out);
        Assert.Contains("providing greet 1.1.0", first.Error, StringComparison.Ordinal);
        var second = (await scene.Coop("run", "--", "greet").RunAsync()).Succeeded();
        Assert.Equal("greet 1.1.0\n", second.Out);
        Assert.DoesNotContain("providing", second.Error, StringComparison.Ordinal);

        await scene.Repository.WriteAsync(".tool-versions", "greet 1.0.0\n");
        Assert.Equal("greet 1.0.0\n", (await scene.Coop("run", "--", "greet").RunAsync()).Succeeded().Out);
    }

    [Theory]
    [MemberData(nameof(AgentRigs.Engines), MemberType = typeof(AgentRigs))]
    public async Task Tools_that_cannot_be_installed_stop_the_start_with_the_reason_and_the_way_around(BoxRig rig)
    {
        await using var scene = await SceneAsync(rig);
        await scene.Repository.WriteAsync(".tool-versions", "broken 1.0.0\n");
        var result = await scene.Coop("run", "--", "true").RunAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("broken", result.Error, StringComparison.Ordinal);
        Assert.Contains("COOP_NO_ASDF=1", result.Error, StringComparison.Ordinal);
        (await scene.Coop("run", "--", "true").Environment("COOP_NO_ASDF", "1").RunAsync()).Succeeded();
    }

    private static async Task<AgentScene> SceneAsync(BoxRig rig)
    {
        var scene = await AgentScene.CreateAsync(rig);
        var repository = scene.Repository;
        await repository.WriteAsync("plugin/bin/list-all", "#!/bin/sh\necho 1.0.0 1.1.0\n");
        await repository.WriteAsync(
            "plugin/bin/install",
            """
            #!/bin/sh
            mkdir -p "$ASDF_INSTALL_PATH/bin"
            printf '#!/bin/sh\necho greet %s\n' "$ASDF_INSTALL_VERSION" > "$ASDF_INSTALL_PATH/bin/greet"
            chmod +x "$ASDF_INSTALL_PATH/bin/greet"

            """
        );
        foreach (var script in (string[])["plugin/bin/list-all", "plugin/bin/install"])
        {
            File.SetUnixFileMode(repository.PathOf(script), (UnixFileMode)0b111_101_101);
        }

        var plugin = repository.PathOf("plugin");
        await scene.GiveToCallerAsync(plugin);
        await repository.GitInAsync(plugin, "init", "--quiet", "--initial-branch=main");
        await repository.GitInAsync(plugin, "add", "--all");
        await repository.GitInAsync(plugin, "commit", "--quiet", "--message=plugin");
        await repository.WriteAsync("mise.toml", $"[plugins]\ngreet = 'file://{plugin}'\n");
        await repository.WriteAsync(".tool-versions", "greet 1.1.0\n");
        return scene;
    }
}
