using Coop.Errors;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.BoxPlanning;

public sealed class OwnPlacesTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public OwnPlacesTests() => directory.Write("home/.config/coop/coop.conf", "");

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("home/.config")]
    [InlineData("home/.config/coop")]
    [InlineData("home/.local/state/coop/homes/x")]
    [InlineData("home/.cache")]
    [InlineData("agents")]
    public void A_tree_that_overlaps_with_what_Coop_keeps_is_refused(string root)
    {
        var error = Assert.Throws<UserError>(() => Refuse(root));
        Assert.Contains("lie in one another", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void A_tree_that_Coops_settings_lie_in_by_a_link_is_refused()
    {
        directory.Write("dotfiles/coop/coop.conf", "");
        Directory.Delete(directory.PathOf("home/.config/coop"), recursive: true);
        File.CreateSymbolicLink(directory.PathOf("home/.config/coop"), directory.PathOf("dotfiles/coop"));
        Assert.Throws<UserError>(() => Refuse("dotfiles"));
    }

    [Theory]
    [InlineData("home/project")]
    [InlineData("home/.config/editor")]
    [InlineData("home/.config/coop-notes")]
    public void Any_other_tree_is_taken(string root) => Refuse(root);

    [Fact]
    public void The_export_of_a_commit_lies_in_Coops_state_and_holds_nothing_of_it()
    {
        Refuse("home/.local/state/coop/queues/x/work/gate/project", isMadeByCoop: true);
        Assert.Throws<UserError>(() => Refuse("home/.local/state/coop", isMadeByCoop: true));
    }

    private void Refuse(string root, bool isMadeByCoop = false) =>
        OwnPlaces.Refuse(
            BytePath.From(directory.PathOf(root)),
            isMadeByCoop,
            UserDirectories.From(name => name == "HOME" ? directory.PathOf("home") : null),
            directory.PathOf("agents")
        );
}
