using Coop.Errors;
using Coop.Git;
using Coop.Places;
using Coop.Storage;

namespace Coop.Init;

/// <summary>Decides which files and links a tree gets. Pure.</summary>
internal static class ScaffoldPlanner
{
    public const string HooksDirectory = ".githooks";

    public static readonly BytePath Hook = BytePath.From($"{HooksDirectory}/{PreCommitHook.Name}");

    /// <summary>The first line of the block in <c>.gitignore</c>.</summary>
    public const string BlockMark = "# coop: what is somebody's own stays out of commits";

    public static readonly BytePath ClaudeSkills = BytePath.From(".claude/skills");

    private const string Rules = ".agent/RULES.md";

    private static readonly string[] Notes = ["TASKS.md", "BACKLOG.md", "IDEAS.md", "LOG.md", "PENDING_DECISIONS.md"];

    // Kept from commits on the host as well; the box hides more, and check-secrets looks at what is committed.
    private const string IgnoredNames = "/.claude/settings.local.json\n/CLAUDE.local.md\n.env\n.env.local\n.env.*.local\n";

    /// <param name="agents">Names of the catalogue.</param>
    /// <param name="hasStack">An image with the repository's tools is asked for.</param>
    /// <exception cref="UserError">No file names the tools that the image shall have.</exception>
    public static IReadOnlyList<ScaffoldEntry> Plan(IReadOnlyList<string> agents, bool hasStack, ScaffoldFacts facts)
    {
        List<ScaffoldEntry> plan =
        [
            Owners("AGENTS.md", Rules),
            File(Rules),
            .. Notes.Select(name => Owners(".agent/" + name)),
            .. Templates.Skills.Select(skill => File($".agents/skills/{skill}/SKILL.md", skill + ".md")),
        ];
        if (agents.Contains("claude"))
        {
            plan.AddRange(ForClaude(facts));
        }

        // Codex, Gemini CLI and Qwen Code read .agents/skills by themselves, Codex and Qwen Code also AGENTS.md.
        if (agents.Contains("gemini"))
        {
            plan.Add(Instructions("GEMINI.md"));
        }

        if (facts.Hooks != CommitHooks.Elsewhere)
        {
            var comment = $"Once in every clone: git config core.hooksPath {HooksDirectory}";
            plan.Add(Entry(Hook.ToString(), EntryKind.Program, PreCommitHook.Text(comment, null)));
        }

        plan.AddRange(ForStack(hasStack, facts));
        plan.Add(Entry(".gitignore", EntryKind.Block, $"{BlockMark}\n{IgnoredNames}"));
        return plan;
    }

    private static IEnumerable<ScaffoldEntry> ForClaude(ScaffoldFacts facts)
    {
        yield return Instructions("CLAUDE.md");

        if (facts.HasClaudeSkills)
        {
            foreach (var skill in Templates.Skills)
            {
                yield return Entry($"{ClaudeSkills}/{skill}", EntryKind.Link, $"../../.agents/skills/{skill}");
            }
        }
        else
        {
            yield return Entry(ClaudeSkills.ToString(), EntryKind.Link, "../.agents/skills");
        }

        yield return Program(".claude/hooks/stop.sh");
        yield return Program(".claude/hooks/commit-gate.sh");
        yield return Entry(".claude/settings.json", EntryKind.File, ClaudeSettings.Render());
    }

    // From then on they are the user's: what a project needs beyond it nobody can guess.
    private static IEnumerable<ScaffoldEntry> ForStack(bool hasStack, ScaffoldFacts facts)
    {
        if (hasStack && !facts.HasToolVersions)
        {
            yield return facts.Tools.Count > 0
                ? Entry(StackDetector.ToolVersions, EntryKind.File, string.Concat(facts.Tools.Select(line => line + "\n")))
                : throw UserError.Usage(
                    $"No file here names the tools and versions that an image should have, such as {StackDetector.ToolVersions}.",
                    $"Name them, a line each: echo 'nodejs 22.21.1' >> {StackDetector.ToolVersions}"
                );
        }

        if (hasStack || facts.HasToolVersions)
        {
            yield return Owners(OwnImage.FileName);
        }

        if (facts.Services.Count > 0)
        {
            yield return Entry(ComposeText.FileName, EntryKind.File, ComposeText.Render(facts.Services)) with
            {
                OwnersWords = [],
            };
        }
    }

    // An agent's own file may also name the other, or the rules themselves.
    private static ScaffoldEntry Instructions(string path) =>
        Entry(path, EntryKind.Link, "AGENTS.md") with
        {
            OwnersWords = ["@AGENTS.md", Rules],
        };

    private static ScaffoldEntry Owners(string path, params string[] words) => File(path) with { OwnersWords = words };

    private static ScaffoldEntry File(string path) => File(path, Path.GetFileName(path));

    private static ScaffoldEntry File(string path, string template) => Entry(path, EntryKind.File, Templates.Read(template));

    private static ScaffoldEntry Program(string path) => Entry(path, EntryKind.Program, Templates.Read(Path.GetFileName(path)));

    private static ScaffoldEntry Entry(string path, EntryKind kind, string content) => new(BytePath.From(path), kind, content);
}
