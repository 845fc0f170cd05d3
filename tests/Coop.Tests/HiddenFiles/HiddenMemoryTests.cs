using Coop.Errors;
using Coop.Masking;
using Coop.Native;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.HiddenFiles;

public sealed class HiddenMemoryTests : IDisposable
{
    private const string Secret = "PASSWORD=correct horse battery staple\n";

    private readonly TemporaryTree tree = new();
    private readonly TemporaryTree state = new();

    private HiddenMemoryStore Store => new(Path.Combine(state.RootPath, "hidden"));

    public void Dispose()
    {
        tree.Dispose();
        state.Dispose();
    }

    [Fact]
    public void A_renamed_file_is_still_hidden_and_named()
    {
        tree.File(".env", "x");
        Remember();
        tree.Shell("mv .env notes.txt; echo changed > notes.txt");
        Assert.Equal(["notes.txt File .env Remembered of .env"], Lines());
    }

    [Fact]
    public void A_renamed_directory_is_still_hidden_whole()
    {
        tree.File("secrets/a", "x");
        Remember();
        tree.Shell("mv secrets open");
        Assert.Equal(["open Directory secrets Remembered of secrets"], Lines());
    }

    [Fact]
    public void A_file_that_left_a_hidden_directory_is_still_hidden()
    {
        tree.File("secrets/deep/a", "x");
        Remember();
        tree.Shell("mv secrets/deep/a open; rm -r secrets");
        Assert.Equal(["open File secrets Remembered of secrets/deep/a"], Lines());
    }

    [Fact]
    public void A_copy_of_a_file_that_is_gone_is_still_hidden()
    {
        tree.File(".env", Secret);
        Remember();
        tree.Shell("cp .env notes.txt; rm .env");
        Assert.Equal(["notes.txt File .env RememberedContent of .env"], Lines());
    }

    [Fact]
    public void An_old_content_is_remembered_beside_the_new_one()
    {
        tree.File(".env", Secret);
        Remember();
        tree.File(".env", "PASSWORD=another one, just as good\n");
        Remember();
        tree.File("old.txt", Secret);
        Assert.Equal([".env File .env", "old.txt File .env RememberedContent of .env"], Lines());
    }

    [Fact]
    public void A_large_file_is_known_by_its_ends_and_its_size()
    {
        var content = new byte[5 * 1024 * 1024];
        new Random(1).NextBytes(content);
        tree.Bytes("a.key", content);
        Remember();
        content[0]++;
        tree.Bytes("other", content).Shell("cp a.key copy; rm a.key");
        Assert.Equal(["copy File *.key RememberedContent of a.key"], Lines());
    }

    [Fact]
    public void Content_below_sixteen_bytes_and_other_content_of_the_same_size_are_not_taken_for_the_secret()
    {
        tree.File(".env", "exactly15bytes!").File(".env.long", Secret);
        Remember();
        tree.File("short.txt", "exactly15bytes!")
            .File("same-size.txt", new string('x', Secret.Length))
            .Shell("rm .env .env.long");
        Assert.Equal([], Lines());
    }

    [Fact]
    public void A_template_with_the_same_content_stays_visible_but_a_renamed_secret_called_so_does_not()
    {
        tree.File(".env.example", Secret).Shell("cp .env.example .env");
        Remember();
        Assert.Equal([".env File .env"], Lines());
        tree.Shell("mv .env .env.example");
        Assert.Equal([".env.example File .env Remembered of .env"], Lines());
    }

    [Fact]
    public void A_rule_that_was_removed_still_hides_also_what_is_new()
    {
        tree.File("a/.coopignore", "# note\nprod.*\n/x\n").File("a/prod.yml", "1");
        Remember();
        tree.Shell("rm a/.coopignore a/prod.yml").File("a/b/prod.json", "2").File("prod.yml", "3").File("a/x", "4");
        Assert.Equal(
            ["a/b/prod.json File prod.* a/.coopignore:2 RememberedRule", "a/x File /x a/.coopignore:3 RememberedRule"],
            Lines()
        );
        tree.File("a/.coopignore", "/x\n");
        Assert.Equal(["a/b/prod.json File prod.* a/.coopignore:2 RememberedRule", "a/x File /x a/.coopignore:1"], Lines());
    }

    [Fact]
    public void What_is_forgotten_is_shown_again_and_the_rest_is_not()
    {
        tree.File(".coopignore", "*.dat\n").File("a.dat", "1").File("b.dat", "2").File(".env", "3");
        Remember();
        tree.Shell("rm .coopignore; mv .env open.txt");
        Forget("open.txt");
        Assert.Equal(["a.dat File *.dat .coopignore:1 RememberedRule", "b.dat File *.dat .coopignore:1 RememberedRule"], Lines());
        Forget("a.dat");
        Assert.Equal(["b.dat File *.dat .coopignore:1 Remembered of b.dat"], Lines());
    }

    [Fact]
    public void Forgetting_a_rule_file_forgets_its_rules_and_what_is_still_ruled_comes_back()
    {
        tree.File(".coopignore", "*.dat\n").File(".env", "1");
        Remember();
        tree.Shell("rm .coopignore").File("new.dat", "2");
        Forget(".coopignore");
        Assert.Equal([".env File .env"], Lines());
        Forget(".env");
        Assert.Equal([".env File .env"], Lines());
    }

    [Fact]
    public void The_users_exception_stands_above_memory()
    {
        tree.File(".env", Secret);
        Remember();
        tree.Shell("mv .env open.txt; cp open.txt copy.txt");
        var search = Search with { Exceptions = UserExceptions.Of(BytePath.From("open.txt"), BytePath.From("copy.txt")) };
        Assert.Equal([], search.Lines());
    }

    [Fact]
    public void An_inode_number_that_is_used_again_is_another_file_unless_nothing_tells_them_apart()
    {
        var status = new FileStatus
        {
            Mode = Stat.S_IFREG,
            UserId = 0,
            GroupId = 0,
            Links = 1,
            Inode = 5,
            Device = 1,
            Size = 100,
            Born = 7,
            Modified = 8,
            Changed = 9,
        };
        var path = new RememberedPath(
            BytePath.From(".env"),
            false,
            1,
            5,
            7,
            100,
            8,
            "",
            new HiddenReason(HiddenCause.BuiltInName, ".env")
        );
        var memory = HiddenMemory.Of([path], []);
        Assert.NotNull(memory.FindIdentity(status));
        Assert.NotNull(memory.FindIdentity(status with { Device = 2, Size = 1, Modified = 1 }));
        Assert.Null(memory.FindIdentity(status with { Born = 6 }));
        Assert.Null(memory.FindIdentity(status with { Inode = 6 }));
        Assert.Null(memory.FindIdentity(status with { Mode = Stat.S_IFDIR }));
        var withoutBirth = HiddenMemory.Of([path with { Born = 0 }], []);
        Assert.NotNull(withoutBirth.FindIdentity(status with { Born = 0 }));
        Assert.Null(withoutBirth.FindIdentity(status with { Born = 0, Device = 2 }));
        Assert.Null(withoutBirth.FindIdentity(status with { Born = 0, Size = 1 }));
        Assert.Null(withoutBirth.FindIdentity(status with { Born = 0, Modified = 1 }));
    }

    [Fact]
    public void What_was_hidden_longest_ago_is_dropped_first_and_what_is_there_never()
    {
        var reason = new HiddenReason(HiddenCause.BuiltInName, "*.pem");
        var old = Enumerable
            .Range(0, 50_000)
            .Select(number => new RememberedPath(BytePath.From($"{number}.pem"), false, 1, (ulong)number, 1, 1, 1, "", reason))
            .ToList();
        tree.File("here.pem", Secret);
        var made = Store.Remember(tree.Root, Search.Run(), HiddenMemory.Of(old, []));
        Assert.Equal(50_000, made.Paths.Count);
        Assert.Equal(BytePath.From("1.pem"), made.Paths[0].Path);
        Assert.Equal(BytePath.From("here.pem"), made.Paths[^1].Path);
        Assert.Equal(made.Paths, Store.Read().Paths);
    }

    [Fact]
    public void Memory_survives_odd_names_and_its_file_is_the_same_when_nothing_changed()
    {
        tree.File(".coopignore", "a\\ b \nü*\n-\n")
            .Shell("printf " + Secret.Length + " > \"$(printf 'x y%%\\n\\377.pem')\"; : > -; mkdir secrets");
        Remember();
        var file = Path.Combine(state.RootPath, "hidden");
        var before = File.ReadAllText(file);
        var written = File.GetLastWriteTimeUtc(file);
        Remember();
        Assert.Equal(before, File.ReadAllText(file));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        Assert.StartsWith("coop-hidden 1\nrule .coopignore 1 a\\%20b\n", before, StringComparison.Ordinal);
        Assert.Equal(3, Store.Read().Paths.Count);
    }

    [Theory]
    [InlineData("coop-hidden 2\n")]
    [InlineData("")]
    [InlineData("coop-hidden 1\npath file 1")]
    [InlineData("coop-hidden 1\npath file 1\n")]
    [InlineData("coop-hidden 1\nrule .coopignore one x\n")]
    [InlineData("coop-hidden 1\nother\n")]
    public void A_damaged_or_newer_file_is_an_error_not_an_empty_memory(string content)
    {
        state.File("hidden", content);
        Assert.Equal(
            $"'{state.RootPath}/hidden' is damaged, or of a newer version of coop.",
            Assert.Throws<UserError>(() => Store.Read()).Message
        );
    }

    [Fact]
    public void Exceptions_are_kept_with_their_exact_bytes()
    {
        var store = new UserExceptionsStore(Path.Combine(state.RootPath, "allowed"));
        Assert.Equal([], store.Read().Paths);
        var odd = BytePath.From([(byte)'a', (byte)'\n', 0xff, (byte)' ', (byte)'%']);
        store.Write(UserExceptions.None.Allow(odd).Allow(BytePath.From("b")).Allow(odd));
        Assert.Equal([odd, BytePath.From("b")], store.Read().Paths);
        store.Write(store.Read().Revoke(odd));
        Assert.Equal([BytePath.From("b")], store.Read().Paths);
        state.File("allowed", "coop-exceptions 1\na b\n");
        Assert.Throws<UserError>(() => store.Read());
    }

    private TreeSearch Search => new(tree) { Memory = Store.Read() };

    private List<string> Lines() => Search.Lines();

    private void Remember()
    {
        var memory = Store.Read();
        Store.Remember(tree.Root, (Search with { Memory = memory }).Run(), memory);
    }

    private void Forget(string path) => Store.Write(Store.Read().Forget(BytePath.From(path), Search.Run()));
}
