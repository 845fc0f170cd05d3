using System.Text;
using Coop.Storage;
using Xunit;

namespace Coop.Init;

public class ScaffoldJudgeTests
{
    private static readonly ScaffoldEntry Rules = new(BytePath.From("RULES.md"), EntryKind.File, "one\n  two,\n");
    private static readonly ScaffoldEntry Owned = new(BytePath.From("AGENTS.md"), EntryKind.File, "# A\nsee RULES\n")
    {
        OwnersWords = ["RULES"],
    };
    private static readonly ScaffoldEntry Link = new(BytePath.From("CLAUDE.md"), EntryKind.Link, "AGENTS.md")
    {
        OwnersWords = ["@AGENTS.md", "RULES"],
    };
    private static readonly ScaffoldEntry Hook = new(BytePath.From("hook"), EntryKind.Program, "#!/bin/sh\n");
    private static readonly ScaffoldEntry Block = new(
        BytePath.From(".gitignore"),
        EntryKind.Block,
        ScaffoldPlanner.BlockMark + "\n.env\n"
    );

    public static TheoryData<string, string, string, string> Judgements =>
        new()
        {
            { "RULES.md", "one\n  two,\n", "InPlace", "" },
            { "RULES.md", "mine\r\ntwo\r\none\r\n", "InPlace", "" },
            { "RULES.md", "one\n", "Differs is not as Coop would write it", "  two," },
            { "AGENTS.md", "# Mine\nfirst RULES\n", "InPlace", "" },
            { "AGENTS.md", "# Mine\n", "Differs is yours, and does not name RULES", "see RULES" },
            { "CLAUDE.md", "read @AGENTS.md\n", "InPlace", "" },
            { "CLAUDE.md", "mine\n", "Differs is yours, and does not name RULES", "@AGENTS.md" },
            { ".gitignore", "bin/\r\n.env\r\n", "InPlace", "" },
            { ".gitignore", "bin/", "Appended", ScaffoldPlanner.BlockMark + "|.env" },
            { ".gitignore", ScaffoldPlanner.BlockMark + "\n", "Differs holds only a part of Coop's lines", ".env" },
        };

    [Theory]
    [MemberData(nameof(Judgements))]
    public void A_file_is_judged_by_what_it_lacks(string path, string content, string judgement, string lacking)
    {
        var entry = new[] { Rules, Owned, Link, Block }.Single(entry => entry.Path.ToString() == path);
        Assert.Equal((judgement, lacking), Shown(entry, File(content)));
    }

    [Fact]
    public void A_hook_that_cannot_be_started_is_said() =>
        Assert.Equal(("Differs is not executable (chmod +x hook)", ""), Shown(Hook, File("#!/bin/sh\n")));

    [Fact]
    public void What_is_no_file_stays_whatever_it_is()
    {
        Assert.Equal(("Missing", ""), Shown(Rules, new FoundThing.Nothing()));
        Assert.Equal(("Differs is a FIFO", ""), Shown(Rules, new FoundThing.Other("a FIFO")));
        Assert.Equal(("Differs is a link to 'x', and no link is followed", ""), Shown(Owned, new FoundThing.Link("x")));
        Assert.Equal(
            ("Differs cannot be there: '.agent' is a symbolic link", ""),
            Shown(Rules, new FoundThing.Behind(".agent", "a symbolic link"))
        );
        Assert.Equal(("InPlace", ""), Shown(Link, new FoundThing.Link("AGENTS.md")));
        Assert.Equal(("Differs is a link to '../x'", ""), Shown(Link, new FoundThing.Link("../x")));
    }

    private static FoundThing.RegularFile File(string content) => new(Encoding.UTF8.GetBytes(content), 0b110_100_100);

    private static (string, string) Shown(ScaffoldEntry entry, FoundThing found)
    {
        var step = ScaffoldJudge.Judge(entry, found);
        return ($"{step.State} {step.Difference}".Trim(), string.Join('|', step.Lacking.Where(line => line.Length > 0)));
    }
}
