using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Masking;

public class HiddenPathFinderTests
{
    private static readonly HashSet<BytePath> Nothing = [];

    [Fact]
    public void Names_are_hidden_at_any_depth_and_a_directory_whole()
    {
        using var tree = new TemporaryTree()
            .File(".env")
            .File("a/b/Server.PEM")
            .File("a/secrets/one.txt")
            .File("a/secrets/deep/.env")
            .File("a/code.cs");
        Assert.Equal([".env File .env", "a/b/Server.PEM File *.pem", "a/secrets Directory secrets"], Find(tree));
    }

    [Fact]
    public void Every_name_of_a_hidden_file_is_hidden()
    {
        using var tree = new TemporaryTree().File(".env").File("notes/x").HardLink(".env", "notes/copy.txt");
        Assert.Equal([".env File .env", "notes/copy.txt File .env OtherName of .env"], Find(tree));
    }

    [Fact]
    public void A_name_outside_for_a_file_in_a_hidden_directory_is_hidden()
    {
        using var tree = new TemporaryTree().File("secrets/deep/a").File("x").HardLink("secrets/deep/a", "open.txt");
        Assert.Equal(["open.txt File secrets OtherName of secrets/deep/a", "secrets Directory secrets"], Find(tree));
    }

    [Fact]
    public void A_hidden_link_hides_its_target_by_every_name()
    {
        using var tree = new TemporaryTree()
            .File("deploy/settings.txt")
            .Link(".env", "deploy/settings.txt")
            .HardLink("deploy/settings.txt", "other.txt");
        Assert.Equal(
            [
                ".env Link .env",
                "deploy/settings.txt File .env LinkTarget of .env",
                "other.txt File .env OtherName of deploy/settings.txt",
            ],
            Find(tree)
        );
    }

    private static List<string> Find(TemporaryTree tree) =>
        [
            .. new HiddenPathFinder(UserExceptions.None, HiddenMemory.Empty)
                .Find(tree.Root, Nothing, TestContext.Current.CancellationToken)
                .Hidden.Select(Describe),
        ];

    private static string Describe(HiddenPath path) =>
        $"{path.Path} {path.Kind} {path.Reason.Rule}" + (path.Reason.Via is { } via ? $" {path.Reason.Cause} of {via}" : "");
}
