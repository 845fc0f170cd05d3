using Coop.Clones;
using Coop.Storage;
using Xunit;

namespace Coop.Reviews;

public class ReviewRulesTests
{
    [Theory]
    [InlineData("link", "file", false)]
    [InlineData("a/link", "../file", false)]
    [InlineData("a/b/link", "../../c/./file", false)]
    [InlineData("link", "..", true)]
    [InlineData("a/link", "../../file", true)]
    [InlineData("a/link", "b/../../../file", true)]
    [InlineData("link", "/etc/passwd", true)]
    [InlineData("link", "", true)]
    [InlineData("a/link", "../.git/config", true)]
    [InlineData("link", ".GIT/hooks", true)]
    public void A_link_stays_in_the_tree_or_leaves_it(string path, string target, bool leaves) =>
        Assert.Equal(leaves, ReviewRules.LeavesTree(BytePath.From(path), System.Text.Encoding.UTF8.GetBytes(target)));

    [Theory]
    [InlineData("tests/a.py", true)]
    [InlineData("src/test_a.py", true)]
    [InlineData("a_test.go", true)]
    [InlineData("src/app.test.ts", true)]
    [InlineData("AppTests.cs", true)]
    [InlineData("spec/a.rb", true)]
    [InlineData("src/latest.py", false)]
    [InlineData("src/contest/a.py", false)]
    public void Tests_are_known_by_their_names(string path, bool isTest) =>
        Assert.Equal(isTest, TestRules.IsTest(BytePath.From(path)));

    [Theory]
    [InlineData("-    assert a == 1\n+    pass\n", "is a test with 1 fewer assertion")]
    [InlineData("-    assert a\n-    assert b\n+    a\n", "is a test with 2 fewer assertions")]
    [InlineData("+@pytest.mark.skip\n", "is a test and skips something now")]
    [InlineData("-    assert a == 1\n+    assert a == 2\n", null)]
    [InlineData("+    assert more\n", null)]
    public void A_weaker_test_is_found_in_its_diff(string lines, string? detail)
    {
        TreeChange change = new(BytePath.From("tests/a.py"), 33188, 33188, "1", "2");
        var found = TestRules.FindWeakened([change], $"diff --git a/tests/a.py b/tests/a.py\n--- a\n+++ b\n@@ -1 +1 @@\n{lines}");
        Assert.Equal(detail, found.SingleOrDefault()?.Detail);
    }

    [Theory]
    [InlineData("make test", "Makefile", true)]
    [InlineData("./check.sh fast", "check.sh", true)]
    [InlineData("sh -c|cd x && npm test", "web/package.json", true)]
    [InlineData("make test", "src/app.c", false)]
    [InlineData("cargo test", "Makefile", false)]
    public void What_the_gate_runs_is_known_by_its_words(string gate, string path, bool runs) =>
        Assert.Equal(runs, GateRules.Runs(gate.Split('|', ' '), BytePath.From(path)));

    [Fact]
    public void Changes_are_read_with_any_name()
    {
        const string Raw = ":100644 000000 aaaa 0000 D\0odd\n:name\0:000000 120000 0000 bbbb A\0tab\tx\0";
        Assert.Equal(
            [
                new TreeChange(BytePath.From("odd\n:name"), 33188, 0, "aaaa", "0000"),
                new TreeChange(BytePath.From("tab\tx"), 0, 40960, "0000", "bbbb"),
            ],
            TreeChange.Parse(System.Text.Encoding.ASCII.GetBytes(Raw))
        );
    }

    [Fact]
    public void Changes_are_told_apart_by_their_commits()
    {
        var one = new string('1', 40);
        var two = new string('2', 40);
        var output = System.Text.Encoding.ASCII.GetBytes($"{one}\0:1 1 a b M\0{two}\0{two}\0:1 1 a b M\0x\0");
        Assert.Equal(
            [(one, $":1 1 a b M\0{two}\0"), (two, ":1 1 a b M\0x\0")],
            CommitSections
                .Split(output, 40)
                .Select(part => (part.Commit, System.Text.Encoding.ASCII.GetString(part.Changes.Span)))
        );
    }
}
