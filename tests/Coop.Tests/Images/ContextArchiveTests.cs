using System.Formats.Tar;
using System.Text;
using Coop.Repositories;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Images;

public sealed class ContextArchiveTests : IDisposable
{
    private readonly TemporaryDirectory cache = new();
    private readonly TemporaryTree tree = new();

    [Fact]
    public void Nothing_hidden_and_no_git_directory_goes_into_a_build()
    {
        tree.File("src/main.c", "int main;").File(".env", "SECRET").File("deep/id_rsa", "SECRET").File(".git/config", "SECRET");
        tree.File("vendor/lib/.git/config", "SECRET")
            .File("keys.d/a", "SECRET")
            .File(".coopignore", "keys.d/\n")
            .Link("link", "src/main.c");
        Assert.Equal(
            [".coopignore", "Dockerfile.agent", "deep/", "link", "src/", "src/main.c", "vendor/", "vendor/lib/"],
            Names(out var text)
        );
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_dockerignore_names_stays_out()
    {
        tree.File(".dockerignore", "*\n!src\n").File("src/a", "1").File("big/b", "2");
        Assert.Equal(["Dockerfile.agent", "src/", "src/a"], Names(out _));
    }

    [Fact]
    public void The_file_that_was_checked_is_the_file_that_is_built()
    {
        tree.File("Dockerfile.agent", "FROM something-else");
        Names(out var text);
        Assert.DoesNotContain("something-else", text, StringComparison.Ordinal);
        Assert.Contains("FROM checked", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_no_text_is_left_out_and_said()
    {
        tree.Shell("touch \"$(printf 'odd\\377name')\"").File("plain", "x");
        List<BytePath> left = [];
        using var archive = Write(left);
        Assert.Equal(BytePath.From([.. "odd"u8, 0xff, .. "name"u8]), Assert.Single(left));
    }

    [Fact]
    public void Long_names_modes_and_contents_arrive()
    {
        var name = string.Join('/', Enumerable.Repeat(new string('n', 60), 4));
        tree.File(name, "content").Shell("chmod 755 nnn*/nnn*/nnn*/nnn*");
        using var archive = Write([]);
        using TarReader reader = new(archive);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.Name == name)
            {
                Assert.True(entry.Mode.HasFlag(UnixFileMode.OtherExecute));
                Assert.Equal("content", new StreamReader(entry.DataStream!).ReadToEnd());
                return;
            }
        }

        Assert.Fail("The file is not in the archive.");
    }

    [Fact]
    public void An_engine_takes_the_input_for_an_archive_by_its_first_block()
    {
        using var archive = Write([]);
        var block = new byte[512];
        archive.ReadExactly(block);

        // docker reads 512 bytes and parses one header in them: the name of a file, not an extension of one.
        Assert.StartsWith("Dockerfile.agent\0", Encoding.ASCII.GetString(block), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        tree.Dispose();
        cache.Dispose();
    }

    private List<string> Names(out string text)
    {
        using var archive = Write([]);
        StringBuilder all = new();
        List<string> names = [];
        using (TarReader reader = new(archive, leaveOpen: true))
        {
            while (reader.GetNextEntry() is { } entry)
            {
                names.Add(entry.Name);
            }
        }

        archive.Position = 0;
        text = new StreamReader(archive).ReadToEnd();
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private FileStream Write(List<BytePath> left)
    {
        var plan = ImagePlanner.Own(tree.Root, "FROM checked\n"u8.ToArray());
        var hidden = new TreeSearch(tree) { LeftAlone = [".git"] }.Run();
        return ContextArchive.Write(
            cache.Path,
            plan,
            new RepositoryLocation(tree.Root, null, null),
            hidden,
            left,
            TestContext.Current.CancellationToken
        );
    }
}
