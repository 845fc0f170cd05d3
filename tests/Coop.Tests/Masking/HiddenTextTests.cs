using Coop.Storage;
using Xunit;

namespace Coop.Masking;

public class HiddenTextTests
{
    [Fact]
    public void Each_hidden_path_is_a_line_with_rule_and_place()
    {
        var name = new HiddenReason(HiddenCause.BuiltInName, ".env");
        var rule = new HiddenReason(HiddenCause.IgnoreFile, "*.dat") { File = BytePath.From("a/.coopignore"), Line = 3 };
        HiddenPath[] paths =
        [
            new(BytePath.From(".env"), HiddenKind.File, name),
            new(BytePath.From("a\nb.dat"), HiddenKind.Directory, rule),
            new(BytePath.From("copy"), HiddenKind.File, name with { Cause = HiddenCause.OtherName, Via = BytePath.From(".env") }),
            new(BytePath.From("link.dat"), HiddenKind.Link, rule with { Cause = HiddenCause.RememberedRule }),
            new(
                BytePath.From("to"),
                HiddenKind.File,
                rule with
                {
                    Cause = HiddenCause.LinkTarget,
                    Via = BytePath.From("link.dat"),
                }
            ),
            new(BytePath.From("was"), HiddenKind.File, name with { Cause = HiddenCause.Remembered, Via = BytePath.From("old") }),
            new(
                BytePath.From("same"),
                HiddenKind.File,
                name with
                {
                    Cause = HiddenCause.RememberedContent,
                    Via = BytePath.From("old"),
                }
            ),
            new(BytePath.From("token.txt"), HiddenKind.File, new(HiddenCause.Content, "GitHub token")),
            new(BytePath.From("pipe"), HiddenKind.Special, new(HiddenCause.Special, "a FIFO")),
        ];
        Assert.Equal(
            [
                ".env             .env          built in",
                "a\\nb.dat/        *.dat         a/.coopignore:3",
                "copy             .env          built in, another name of '.env'",
                "link.dat (link)  *.dat         a/.coopignore:3 (the line is gone; remembered)",
                "to               *.dat         a/.coopignore:3, target of the link 'link.dat'",
                "was              .env          built in, was hidden as 'old'",
                "same             .env          built in, same content as 'old'",
                "token.txt        GitHub token  content",
                "pipe             a FIFO        not a regular file",
            ],
            HiddenText.Lines(paths)
        );
    }
}
