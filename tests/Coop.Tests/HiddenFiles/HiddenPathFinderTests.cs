using Coop.Errors;
using Coop.Masking;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.HiddenFiles;

public class HiddenPathFinderTests
{
    [Fact]
    public void Names_are_hidden_at_any_depth_and_a_directory_whole()
    {
        using var tree = new TemporaryTree()
            .File(".env")
            .File("a/b/Server.PEM")
            .File("a/secrets/one.txt")
            .File("a/secrets/deep/.env")
            .File("a/code.cs");
        Assert.Equal(
            [".env File .env", "a/b/Server.PEM File *.pem", "a/secrets Directory secrets"],
            new TreeSearch(tree).Lines()
        );
    }

    [Fact]
    public void A_docker_configuration_is_hidden_but_not_its_neighbours()
    {
        using var tree = new TemporaryTree().File("x/.Docker/config.json").File("x/.Docker/daemon.json").File("config.json");
        Assert.Equal(["x/.Docker/config.json File .docker/config.json"], new TreeSearch(tree).Lines());
    }

    [Fact]
    public void Rules_of_a_directory_hold_for_its_subtree_and_are_named_with_file_and_line()
    {
        using var tree = new TemporaryTree()
            .File(".coopignore", "# all\n*.dat\n")
            .File("a/.coopignore", "/only\nsub/deep.txt\nprivate/\n")
            .File("x.dat")
            .File("only")
            .File("a/only")
            .File("a/sub/only")
            .File("a/sub/deep.txt")
            .File("sub/deep.txt")
            .File("a/q/private/x")
            .File("a/private2")
            .File("a/z/private");
        var found = new TreeSearch(tree).Run();
        Assert.Equal(
            [
                "a/only File /only a/.coopignore:1",
                "a/q/private Directory private/ a/.coopignore:3",
                "a/sub/deep.txt File sub/deep.txt a/.coopignore:2",
                "x.dat File *.dat .coopignore:2",
            ],
            found.Hidden.Select(TreeSearch.Describe)
        );
        Assert.Equal([BytePath.From(".coopignore"), BytePath.From("a/.coopignore")], found.RuleFiles);
        Assert.Equal(11, found.FilesSeen);
    }

    [Fact]
    public void Left_overs_of_a_named_file_are_hidden_like_it()
    {
        using var tree = new TemporaryTree()
            .File(".coopignore", "prod.yml\n")
            .File("prod.yml~")
            .File(".prod.yml.swp")
            .File("prod.yml.new");
        Assert.Equal(
            [".prod.yml.swp File prod.yml .coopignore:1", "prod.yml~ File prod.yml .coopignore:1"],
            new TreeSearch(tree).Lines()
        );
    }

    [Fact]
    public void A_template_stays_visible_unless_a_rule_spells_its_end()
    {
        using var tree = new TemporaryTree()
            .File(".coopignore", ".env*\n*\nkey.pub\n*.sample\n")
            .File(".env.example")
            .File("id_rsa.pub")
            .File("key.pub")
            .File("a.sample");
        Assert.Equal(
            ["a.sample File *.sample .coopignore:4", "key.pub File key.pub .coopignore:3"],
            new TreeSearch(tree).Lines()
        );
    }

    [Fact]
    public void A_hidden_directory_and_a_name_go_before_content_and_content_goes_before_a_template()
    {
        using var tree = new TemporaryTree().File("secrets/.env.example").File(".env.example").File("b/.env").File("plain.txt");
        var search = new TreeSearch(tree);
        foreach (var path in (string[])["secrets/.env.example", ".env.example", "b/.env"])
        {
            search.Content[BytePath.From(path)] = new HiddenReason(HiddenCause.Content, "token");
        }

        Assert.Equal([".env.example File token Content", "b/.env File .env", "secrets Directory secrets"], search.Lines());
    }

    [Fact]
    public void The_users_exception_shows_a_path_and_only_that_one()
    {
        using var tree = new TemporaryTree()
            .File(".env")
            .File("a/.env")
            .File("keep/secrets/x")
            .File("keep/secrets/.env")
            .File("secrets/x");
        var search = new TreeSearch(tree)
        {
            Exceptions = UserExceptions.Of(BytePath.From(".env"), BytePath.From("keep/secrets"), BytePath.From("secrets/x")),
        };
        Assert.Equal(["a/.env File .env", "keep/secrets/.env File .env", "secrets Directory secrets"], search.Lines());
    }

    [Fact]
    public void Every_name_of_a_hidden_file_is_hidden_but_the_one_that_the_user_allowed()
    {
        using var tree = new TemporaryTree()
            .File(".env")
            .Folder("notes")
            .HardLink(".env", "notes/copy.txt")
            .HardLink(".env", "notes/allowed.txt");
        Assert.Equal(
            [".env File .env", "notes/copy.txt File .env OtherName of .env"],
            (new TreeSearch(tree) with { Exceptions = UserExceptions.Of(BytePath.From("notes/allowed.txt")) }).Lines()
        );
    }

    [Fact]
    public void A_name_outside_for_a_file_in_a_hidden_directory_is_hidden()
    {
        using var tree = new TemporaryTree().File("secrets/deep/a").HardLink("secrets/deep/a", "open.txt");
        Assert.Equal(
            ["open.txt File secrets OtherName of secrets/deep/a", "secrets Directory secrets"],
            new TreeSearch(tree).Lines()
        );
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
            new TreeSearch(tree).Lines()
        );
    }

    [Fact]
    public void Links_are_followed_through_links_and_through_the_trees_own_absolute_path()
    {
        using var tree = new TemporaryTree();
        tree.File("real/a.txt").File("real/b.txt").File("real/c.txt").Link("way", "real").Link("second", "way/a.txt");
        tree.Link("one.key", "second")
            .Link("two.key", tree.RootPath + "/way/b.txt")
            .Link("three.key", "../" + Path.GetFileName(tree.RootPath) + "/real/c.txt");
        Assert.Equal(
            [
                "one.key Link *.key",
                "real/a.txt File *.key LinkTarget of one.key",
                "real/b.txt File *.key LinkTarget of two.key",
                "real/c.txt File *.key LinkTarget of three.key",
                "three.key Link *.key",
                "two.key Link *.key",
            ],
            new TreeSearch(tree).Lines()
        );
    }

    [Fact]
    public void A_tree_that_is_named_by_a_link_is_searched_and_links_may_be_written_with_that_name()
    {
        using var tree = new TemporaryTree().File("real/x").Link("alias", "real");
        var alias = Path.Combine(tree.RootPath, "alias");
        tree.Link("real/.env", Path.Combine(alias, "x"));
        var found = new HiddenPathFinder(UserExceptions.None, HiddenMemory.Empty).Find(
            BytePath.From(alias),
            new HashSet<BytePath>(),
            TestContext.Current.CancellationToken
        );
        Assert.Equal([".env Link .env", "x File .env LinkTarget of .env"], found.Hidden.Select(TreeSearch.Describe));
    }

    [Fact]
    public void A_hidden_link_to_a_directory_hides_it_and_what_links_in_it_lead_to()
    {
        using var tree = new TemporaryTree()
            .File("plain/a")
            .File("plain/.env")
            .File("far/b")
            .Link("plain/inner", "../far")
            .HardLink("plain/a", "elsewhere")
            .Link("x/.ssh", "../plain");
        Assert.Equal(
            [
                "elsewhere File .ssh OtherName of plain/a",
                "far Directory .ssh LinkTarget of plain/inner",
                "plain Directory .ssh LinkTarget of x/.ssh",
                "x/.ssh Link .ssh",
            ],
            new TreeSearch(tree).Lines()
        );
    }

    [Fact]
    public void A_link_to_its_own_parents_outside_to_nothing_or_round_hides_nothing_else()
    {
        using var tree = new TemporaryTree()
            .File("dir/x")
            .Link("dir/.ssh", ".")
            .Link("dir/.aws", "..")
            .Link("out.pem", "/etc/hostname")
            .Link("up.pem", "../../../../../../../../../etc/hostname")
            .Link("gone.pem", "nothing/there")
            .Link("loop.pem", "loop.pem")
            .Link("a.pem", "b")
            .Link("b", "a.pem");
        Assert.Equal(
            [
                "a.pem Link *.pem",
                "dir/.aws Link .aws",
                "dir/.ssh Link .ssh",
                "gone.pem Link *.pem",
                "loop.pem Link *.pem",
                "out.pem Link *.pem",
                "up.pem Link *.pem",
            ],
            new TreeSearch(tree).Lines()
        );
    }

    [Fact]
    public void A_rule_for_directories_holds_for_a_link_to_one()
    {
        using var tree = new TemporaryTree()
            .File(".coopignore", "private/\n")
            .File("real/x")
            .Link("private", "real")
            .File("file")
            .Link("b/private", "../file");
        Assert.Equal(
            ["private Link private/ .coopignore:1", "real Directory private/ .coopignore:1 LinkTarget of private"],
            new TreeSearch(tree).Lines()
        );
    }

    [Fact]
    public void What_is_not_a_regular_file_is_special_whatever_its_name()
    {
        using var tree = new TemporaryTree()
            .Fifo("plain")
            .Fifo("fifo.pem")
            .Fifo("secrets")
            .File("x/.ssh/y")
            .Fifo("x/.ssh/inside");
        var found = new TreeSearch(tree).Run();
        Assert.Equal(
            ["fifo.pem Special a FIFO Special", "plain Special a FIFO Special", "secrets Special a FIFO Special"],
            found.Special.Select(TreeSearch.Describe)
        );
        Assert.Equal(["x/.ssh Directory .ssh"], found.Hidden.Select(TreeSearch.Describe));
    }

    [Fact]
    public void The_repositorys_own_git_directory_is_left_alone_and_others_named_so_are_walked()
    {
        using var tree = new TemporaryTree()
            .File(".coopignore", ".git\n")
            .File(".git/credentials")
            .File("module/.git", "gitdir: ../.git/modules/module")
            .File("nested/.git/credentials")
            .Link("link.key", ".git/credentials");
        Assert.Equal(
            ["link.key Link *.key", "nested/.git Directory .git .coopignore:1"],
            (new TreeSearch(tree) with { LeftAlone = [".git", "module/.git"] }).Lines()
        );
        tree.File(".coopignore", "");
        Assert.Equal(
            ["link.key Link *.key", "nested/.git/credentials File credentials"],
            (new TreeSearch(tree) with { LeftAlone = [".git", "module/.git"] }).Lines()
        );
    }

    [Fact]
    public void Odd_names_are_hidden_byte_by_byte()
    {
        using var tree = new TemporaryTree().Shell(
            "for n in 'sp ace' co:lon com,ma eq=ual 'dq\"uote' back\\\\slash \"$(printf 'new\\nline')\" \"$(printf 'bad\\377\\376')\" '*?[x]' -lead '#h' 'trail '; "
                + "do : > \"./$n.pem\"; mkdir \"./.env.$n\"; done"
        );
        var found = new TreeSearch(tree).Run();
        Assert.Equal(24, found.Hidden.Count);
        Assert.Contains(
            found.Hidden,
            hidden =>
                hidden.Path.Bytes.SequenceEqual("bad\xff\xfe.pem"u8)
                || hidden.Path.Bytes is [(byte)'b', (byte)'a', (byte)'d', 0xff, 0xfe, ..]
        );
        Assert.Contains(found.Hidden, hidden => hidden.Path.Equals(BytePath.From("new\nline.pem")));
    }

    [Fact]
    public void A_directory_that_cannot_be_read_refuses_with_its_path_unless_it_is_hidden()
    {
        using var tree = new TemporaryTree().Folder("a/closed").Shell("chmod 755 . a; chmod 000 a/closed");
        using (new OtherUser())
        {
            Assert.Equal(
                "The directory 'a/closed' cannot be read (permission denied), so what it holds cannot be hidden.",
                Assert.Throws<UserError>(() => new TreeSearch(tree).Run()).Message
            );
        }

        tree.File(".coopignore", "closed/\n");
        using (new OtherUser())
        {
            Assert.Equal(["a/closed Directory closed/ .coopignore:1"], new TreeSearch(tree).Lines());
        }
    }

    [Fact]
    public void A_hidden_path_beyond_what_the_kernel_takes_refuses_with_its_length()
    {
        using var tree = new TemporaryTree().Shell(
            "i=0; while [ $i -lt 45 ]; do n=$(printf 'd%099d' $i); mkdir $n; cd -P $n; i=$((i+1)); done; : > .env"
        );
        Assert.EndsWith(
            "its path of 4549 bytes is longer than the kernel takes.",
            Assert.Throws<UserError>(() => new TreeSearch(tree).Run()).Message
        );
    }

    [Fact]
    public void What_a_path_is_hidden_by_is_found_through_its_directories()
    {
        using var tree = new TemporaryTree().File("a/secrets/x/y").File("a/b").Fifo("pipe");
        var found = new TreeSearch(tree).Run();
        Assert.Equal(BytePath.From("a/secrets"), found.Find(BytePath.From("a/secrets/x/y"))?.Path);
        Assert.Equal(BytePath.From("pipe"), found.Find(BytePath.From("pipe"))?.Path);
        Assert.Null(found.Find(BytePath.From("a/b")));
        Assert.Null(found.Find(BytePath.From("a/secretsx")));
    }

    [Fact]
    public void Names_that_appear_later_are_judged_by_the_rules_that_were_read()
    {
        using var tree = new TemporaryTree().File(".coopignore", "/top/*.dat\n").File("top/sub/.coopignore", "new\n");
        var rules = (new TreeSearch(tree) with { Exceptions = UserExceptions.Of(BytePath.From("ok/.env")) }).Run().Rules;
        Assert.Equal(BytePath.From("top/x.dat"), rules.Judge(BytePath.From("top/x.dat"), false)?.Path);
        Assert.Equal(BytePath.From("top/sub/deep/new"), rules.Judge(BytePath.From("top/sub/deep/new/file"), false)?.Path);
        Assert.Equal(BytePath.From("a/.env"), rules.Judge(BytePath.From("a/.env"), false)?.Path);
        Assert.Null(rules.Judge(BytePath.From("x.dat"), false));
        Assert.Null(rules.Judge(BytePath.From("new"), false));
        Assert.Null(rules.Judge(BytePath.From("ok/.env"), false));
    }

    [Fact]
    public async Task Files_that_come_and_go_during_the_search_do_no_harm()
    {
        using var tree = new TemporaryTree().File("stays/.env");
        using var end = new CancellationTokenSource();
        var churn = Task.Run(() => Churn(tree.RootPath, end.Token), TestContext.Current.CancellationToken);
        for (var round = 0; round < 200; round++)
        {
            Assert.Contains("stays/.env File .env", new TreeSearch(tree).Lines());
        }

        await end.CancelAsync();
        await churn;
    }

    private static void Churn(string root, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var directory = Path.Combine(root, "comes", "secrets");
            Directory.CreateDirectory(directory);
            File.WriteAllText(Path.Combine(directory, "a.pem"), "x");
            File.WriteAllText(Path.Combine(root, "b.pem"), "x");
            Directory.Delete(Path.Combine(root, "comes"), recursive: true);
            File.Delete(Path.Combine(root, "b.pem"));
        }
    }
}
