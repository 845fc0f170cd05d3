using System.Text;
using Coop.Scanning;
using Coop.TaskQueue;
using Xunit;

namespace Coop.Init;

public class ScaffoldPlannerTests
{
    private static readonly ScaffoldFacts Fresh = new(HasClaudeSkills: false, CommitHooks.None, "");

    private static readonly string[] Common =
    [
        "File AGENTS.md",
        "File .agent/RULES.md",
        "File .agent/TASKS.md",
        "File .agent/BACKLOG.md",
        "File .agent/IDEAS.md",
        "File .agent/LOG.md",
        "File .agent/PENDING_DECISIONS.md",
        "File .agents/skills/hand-over/SKILL.md",
        "File .agents/skills/plan-task/SKILL.md",
        "File .agents/skills/record-decision/SKILL.md",
        "File .agents/skills/review-change/SKILL.md",
        "File .agents/skills/work-task/SKILL.md",
    ];

    private static readonly string[] Claude =
    [
        "Link CLAUDE.md -> AGENTS.md",
        "Link .claude/skills -> ../.agents/skills",
        "Program .claude/hooks/stop.sh",
        "Program .claude/hooks/commit-gate.sh",
        "File .claude/settings.json",
    ];

    private static readonly string[] Git = ["Program .githooks/pre-commit", "Block .gitignore"];

    [Fact]
    public void A_fresh_repository_gets_the_whole_scaffold() =>
        Assert.Equal(
            [.. Common, .. Claude, "Link GEMINI.md -> AGENTS.md", .. Git],
            Shown(["claude", "codex", "gemini", "qwen"], Fresh)
        );

    [Theory]
    [InlineData("codex")]
    [InlineData("qwen")]
    public void An_agent_that_reads_the_shared_places_needs_no_file_of_its_own(string agent) =>
        Assert.Equal([.. Common, .. Git], Shown([agent], Fresh));

    [Fact]
    public void Skills_are_linked_one_by_one_where_Claude_has_others() =>
        Assert.Equal(
            [
                .. Common,
                Claude[0],
                "Link .claude/skills/hand-over -> ../../.agents/skills/hand-over",
                "Link .claude/skills/plan-task -> ../../.agents/skills/plan-task",
                "Link .claude/skills/record-decision -> ../../.agents/skills/record-decision",
                "Link .claude/skills/review-change -> ../../.agents/skills/review-change",
                "Link .claude/skills/work-task -> ../../.agents/skills/work-task",
                .. Claude[2..],
                .. Git,
            ],
            Shown(["claude"], Fresh with { HasClaudeSkills = true })
        );

    [Fact]
    public void No_hook_is_written_where_git_looks_elsewhere_for_hooks() =>
        Assert.Equal([.. Common, Git[1]], Shown(["codex"], Fresh with { Hooks = CommitHooks.Elsewhere, HooksPlace = ".husky" }));

    [Fact]
    public void A_repository_with_tool_versions_gets_an_image_and_one_with_services_a_file_for_them() =>
        Assert.Equal(
            [.. Common, Git[0], "File Dockerfile.agent", "File compose.agent.yml", Git[1]],
            Shown(
                ["codex"],
                Fresh with
                {
                    HasToolVersions = true,
                    Services = [new DetectedService(ServiceCatalog.All[0], "postgres:17", "go.mod")],
                }
            )
        );

    [Fact]
    public void The_stack_that_is_asked_for_is_made_from_other_files_of_versions_or_refused()
    {
        Assert.Equal(
            [.. Common, Git[0], "File .tool-versions", "File Dockerfile.agent", Git[1]],
            Shown(["codex"], Fresh with { Tools = ["nodejs 22.1.0"] }, hasStack: true)
        );
        Assert.Equal(2, Assert.Throws<Errors.UserError>(() => Shown(["codex"], Fresh, hasStack: true).ToList()).ExitCode);
        Assert.Equal([.. Common, .. Git], Shown(["codex"], Fresh with { Tools = ["nodejs 22.1.0"] }));
    }

    [Fact]
    public void The_queue_lints_clean_and_its_example_has_what_lint_asks_of_a_task()
    {
        var queue = Content(".agent/TASKS.md");
        var pending = Encoding.UTF8.GetBytes(Content(".agent/PENDING_DECISIONS.md"));
        Assert.Equal([], Lint(queue, pending));
        Assert.Equal([], Lint(queue.Replace("- [E]", "- [ ]", StringComparison.Ordinal), pending));
        Assert.Equal([TaskState.Example], TaskDocument.Parse(Encoding.UTF8.GetBytes(queue), "").Tasks.Select(task => task.State));
    }

    [Fact]
    public void The_rules_ask_for_what_the_loop_and_lint_look_at()
    {
        var rules = Content(".agent/RULES.md");
        Assert.All(
            [
                Loops.IterationPrompt.NoChangeTrailer,
                "PENDING_DECISIONS.md",
                "`x`",
                "`B`",
                "Context:",
                "Files:",
                "Direction:",
                "Checks:",
            ],
            word => Assert.Contains(word, rules, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_skill_says_its_name_and_when_it_is_of_use() =>
        Assert.All(
            Templates.Skills,
            skill =>
            {
                var lines = Content($".agents/skills/{skill}/SKILL.md").Split('\n');
                Assert.Equal(("---", $"name: {skill}", "---"), (lines[0], lines[1], lines[3]));
                Assert.Matches("^description: [A-Z][^:]+ Use it [^:]+\\.$", lines[2]);
            }
        );

    [Fact]
    public void Nothing_in_it_looks_like_a_credential() =>
        Assert.All(
            ScaffoldPlanner.Plan(
                ["claude", "codex", "gemini", "qwen"],
                hasStack: true,
                Fresh with
                {
                    HasToolVersions = true,
                    Services = [.. ServiceCatalog.All.Select(kind => new DetectedService(kind, kind.Image, "go.mod"))],
                }
            ),
            entry => Assert.Empty(SecretScanner.Standard().ScanText(entry.Content))
        );

    private static IReadOnlyList<(int Line, string Problem)> Lint(string queue, byte[] pending) =>
        QueueLint.Find(TaskDocument.Parse(Encoding.UTF8.GetBytes(queue), ""), pending, isLooping: false);

    private static string Content(string path) =>
        ScaffoldPlanner.Plan([], hasStack: false, Fresh).Single(entry => entry.Path.ToString() == path).Content;

    private static IEnumerable<string> Shown(string[] agents, ScaffoldFacts facts, bool hasStack = false) =>
        ScaffoldPlanner
            .Plan(agents, hasStack, facts)
            .Select(entry => $"{entry.Kind} {entry.Path}{(entry.Kind == EntryKind.Link ? $" -> {entry.Content}" : "")}");
}
