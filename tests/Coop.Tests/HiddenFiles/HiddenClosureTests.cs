using Coop.Masking;
using Coop.Native;
using Coop.Storage;
using Coop.TestKit;
using Coop.Trees;
using Xunit;

namespace Coop.HiddenFiles;

/// <summary>On file systems whose directories do not tell the numbers that their files have.</summary>
public sealed class HiddenClosureTests : IDisposable
{
    private static readonly HiddenReason Reason = new(HiddenCause.BuiltInName, ".env");

    private readonly TemporaryTree tree = new TemporaryTree()
        .File(".env")
        .File("plain")
        .HardLink(".env", "a")
        .File("target")
        .HardLink("target", "b");
    private readonly HiddenFindings findings = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void Other_names_are_found_by_asking_every_file()
    {
        var status = FileQuestion.StatusOf(CString.From(tree.RootPath + "/.env"))!.Value;
        findings.AddIdentity(new HiddenIdentity(BytePath.From(".env"), status, Reason), 1);
        Assert.Equal(["a"], Complete());
    }

    [Fact]
    public void The_target_of_a_link_is_found_by_asking_every_file()
    {
        tree.Link("x.key", "target");
        findings.Links.Enqueue(new HiddenLink(BytePath.From("x.key"), 0, Reason, false));
        Assert.Equal(["b", "target", "x.key"], Complete());
    }

    private IEnumerable<string> Complete()
    {
        foreach (var name in (string[])["plain", "a", "b", "target"])
        {
            findings.Index.AddFile(
                0,
                new TreeEntry(System.Text.Encoding.ASCII.GetBytes(name), Dirent.DT_REG, 1),
                FileMark.Visible
            );
        }

        using var root = OpenTree.OpenRoot(tree.Root);
        var resolver = new LinkResolver(root, tree.Root, tree.Root);
        using var survey = new FileSurvey(HiddenMemory.Empty, null, root, TestContext.Current.CancellationToken);
        new HiddenClosure(findings, HiddenMemory.Empty, survey, null, root, resolver, new HashSet<BytePath>()).Complete(
            TestContext.Current.CancellationToken
        );
        return findings.ToPaths(UserExceptions.None).Hidden.Select(hidden => hidden.Path.ToString());
    }
}
