using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Places;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.LiveBoxes;

public class BoxFilesTests
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public void What_lies_over_hidden_paths_is_empty_and_everybody_may_read_it()
    {
        using TemporaryDirectory directory = new();
        Prepare(directory, SomePlan.On(EngineKind.Docker));
        var file = StatePaths.EmptyFile(directory.UserDirectories).ToString();
        Assert.Equal((0, ReadOnly), (new FileInfo(file).Length, File.GetUnixFileMode(file)));
        Assert.Equal([], Directory.EnumerateFileSystemEntries(StatePaths.EmptyDirectory(directory.UserDirectories).ToString()));
    }

    [Fact]
    public void Only_the_user_may_walk_into_the_state()
    {
        using TemporaryDirectory directory = new();
        Prepare(directory, SomePlan.On(EngineKind.Docker));
        Assert.Equal(Private, File.GetUnixFileMode(directory.PathOf("state")));
    }

    [Fact]
    public void Planned_files_and_directories_are_made_once_and_kept()
    {
        using TemporaryDirectory directory = new();
        var file = PlannedFile.Shared(directory.UserDirectories, "hosts", "one\n");
        var home = BytePath.From(directory.PathOf("state/homes/1/run"));
        var cache = BytePath.From(directory.PathOf("cache/coop-cache-1"));
        var plan = SomePlan.On(EngineKind.Docker) with
        {
            Files = [file],
            Directories = [new(home, SomeFacts.Ada), new(cache, SomeFacts.Ada)],
        };
        Prepare(directory, plan);
        directory.Write("state/homes/1/run/kept", "x");
        Prepare(directory, plan);
        Assert.Equal("one\n", File.ReadAllText(file.Path.ToString()));
        Assert.Equal(Private, File.GetUnixFileMode(home.ToString()));
        Assert.Equal(Private, File.GetUnixFileMode(cache.ToString()));
        Assert.True(File.Exists(directory.PathOf("state/homes/1/run/kept")));
    }

    [Fact]
    public void The_first_run_of_a_new_user_makes_the_cache()
    {
        using TemporaryDirectory directory = new();
        var cache = StatePaths.Cache(directory.UserDirectories, BytePath.From("/src/app"));
        Prepare(directory, SomePlan.On(EngineKind.Docker) with { Directories = [new(cache, SomeFacts.Ada)] });
        Assert.Equal(Private, File.GetUnixFileMode(cache.ToString()));
        Assert.Equal(Private, File.GetUnixFileMode(directory.UserDirectories.Cache));
    }

    [Fact]
    public void A_link_that_a_box_left_in_its_home_leads_coop_nowhere()
    {
        using TemporaryDirectory directory = new();
        var home = directory.PathOf("state/homes/1/run");
        Directory.CreateDirectory(home);
        Directory.CreateDirectory(directory.PathOf("victim"));
        File.CreateSymbolicLink(Path.Combine(home, "src"), directory.PathOf("victim"));
        var plan = SomePlan.On(EngineKind.Docker) with
        {
            Directories =
            [
                new(BytePath.From(home), SomeFacts.Ada),
                new(BytePath.From(home).Join("src"), SomeFacts.Ada),
                new(BytePath.From(home).Join("src/work"), SomeFacts.Ada),
            ],
        };
        Assert.Throws<UserError>(() => Prepare(directory, plan));
        Assert.Equal([], Directory.EnumerateFileSystemEntries(directory.PathOf("victim")));
    }

    private static void Prepare(TemporaryDirectory directory, BoxPlan plan) =>
        BoxFiles.Prepare(plan, directory.UserDirectories, isRoot: false);
}
