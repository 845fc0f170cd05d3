using System.Text;
using Xunit;

namespace Coop.Guards;

public class HostTriggersTests
{
    [Theory]
    [InlineData(".vscode/tasks.json", 1)]
    [InlineData("packages/a/.vscode/tasks.json", 1)]
    [InlineData(".husky/pre-commit", 1)]
    [InlineData("sub/.husky/_/x", 1)]
    [InlineData("x.husky/.husky/y", 1)]
    [InlineData(".claude/.envrc", 1)]
    [InlineData(".claude/package.json", 2)]
    [InlineData(".github/workflows/ci.yml", 2)]
    [InlineData(".claude/settings.json", 2)]
    [InlineData("package.json", 3)]
    [InlineData("a/b/Makefile", 3)]
    [InlineData("Dockerfile.agent", 4)]
    public void A_file_that_the_host_runs_has_its_danger(string path, int danger) => Assert.Equal(danger, Judge(path)?.Danger);

    [Theory]
    [InlineData("src/app.txt")]
    [InlineData("mypackage.json")]
    [InlineData("x.vscode/tasks.json")]
    [InlineData("docs/husky/readme")]
    [InlineData("docs/.husky")]
    [InlineData("a.husky/.husky.d/.huskyrc")]
    public void Other_files_have_none(string path) => Assert.Null(Judge(path));

    private static TriggerRule? Judge(string path)
    {
        var directory = Encoding.UTF8.GetBytes(Path.GetDirectoryName(path)!);
        return HostTriggers.OfFile(
            directory,
            Encoding.UTF8.GetBytes(Path.GetFileName(path)),
            HostTriggers.OfDirectory(directory)
        );
    }
}
