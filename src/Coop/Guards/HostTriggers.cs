using System.Text;
using Coop.Storage;

namespace Coop.Guards;

/// <summary>Which files of a working tree the host runs by itself, and when. Pure: judged by path alone.</summary>
internal static class HostTriggers
{
    // A row's pattern: a base name; with a slash, the end of the path by whole segments; with a slash at the end, everything below such a directory. Danger 1: at the
    // next usual step without being named (an editor opens the folder, a shell enters it, git runs); 2: an agent or a bot runs it; 3: a package manager or a build
    // tool does when its usual command is typed; 4: services and images built from it.
    private static readonly (string Pattern, int Danger, string When)[] Rows =
    [
        (".envrc", 1, "when a shell with direnv enters"),
        (".vscode/tasks.json", 1, "when the folder is opened"),
        (".vscode/settings.json", 1, "when the folder is opened"),
        (".vscode/launch.json", 1, "when debugging starts"),
        (".idea/", 1, "when the project is opened"),
        (".zed/", 1, "when the folder is opened"),
        (".nvim.lua", 1, "when vim starts here"),
        (".nvimrc", 1, "when vim starts here"),
        (".exrc", 1, "when vim starts here"),
        (".vimrc", 1, "when vim starts here"),
        (".dir-locals.el", 1, "when emacs opens a file"),
        (".husky/", 1, "when git commits"),
        (".githooks/", 1, "when git commits"),
        ("lefthook.yml", 1, "when git commits"),
        ("lefthook.yaml", 1, "when git commits"),
        (".lefthook.yml", 1, "when git commits"),
        (".pre-commit-config.yaml", 1, "when git commits"),
        (".gitattributes", 1, "when git reads or writes files"),
        (".gitmodules", 1, "when submodules are updated"),
        (".mise.toml", 1, "when a shell with mise enters"),
        ("mise.toml", 1, "when a shell with mise enters"),
        (".tool-versions", 1, "when a shell with asdf enters"),
        (".claude/", 2, "when Claude Code starts"),
        (".mcp.json", 2, "when an agent starts"),
        (".codex/", 2, "when Codex starts"),
        (".gemini/", 2, "when Gemini CLI starts"),
        (".qwen/", 2, "when Qwen Code starts"),
        (".cursor/", 2, "when Cursor opens the folder"),
        (".devcontainer/", 2, "when the dev container is built"),
        (".devcontainer.json", 2, "when the dev container is built"),
        (".github/workflows/", 2, "when it is pushed"),
        (".github/actions/", 2, "when it is pushed"),
        (".gitlab-ci.yml", 2, "when it is pushed"),
        (".circleci/", 2, "when it is pushed"),
        (".buildkite/", 2, "when it is pushed"),
        (".woodpecker/", 2, "when it is pushed"),
        (".travis.yml", 2, "when it is pushed"),
        ("azure-pipelines.yml", 2, "when it is pushed"),
        ("Jenkinsfile", 2, "when it is pushed"),
        ("package.json", 3, "when packages are installed"),
        (".yarnrc.yml", 3, "when yarn runs"),
        (".pnpmfile.cjs", 3, "when pnpm runs"),
        (".cargo/config.toml", 3, "when cargo runs"),
        ("build.rs", 3, "when cargo builds"),
        ("setup.py", 3, "when pip installs it"),
        ("conftest.py", 3, "when pytest runs"),
        ("Makefile", 3, "when make runs"),
        ("GNUmakefile", 3, "when make runs"),
        ("justfile", 3, "when just runs"),
        ("Rakefile", 3, "when rake runs"),
        ("Gemfile", 3, "when bundler runs"),
        ("build.gradle", 3, "when gradle runs"),
        ("build.gradle.kts", 3, "when gradle runs"),
        ("gradlew", 3, "when gradle runs"),
        ("mvnw", 3, "when maven runs"),
        ("Directory.Build.props", 3, "when dotnet builds"),
        ("Directory.Build.targets", 3, "when dotnet builds"),
        ("Dockerfile.agent", 4, "when the box image is built"),
        ("compose.agent.yml", 4, "when services start"),
    ];

    /// <summary>The rule for one path; null when the host does not run such a file by itself.</summary>
    /// <param name="path">Relative to the root.</param>
    public static TriggerRule? Of(BytePath path) => OfFile(path.Parent.Bytes, path.Name, OfDirectory(path.Parent.Bytes));

    /// <summary>Null when the host does not run such a file by itself.</summary>
    /// <param name="directory">Relative to the root; empty for the root.</param>
    /// <param name="name">The base name.</param>
    /// <param name="ofDirectory">What <see cref="OfDirectory"/> told of this directory.</param>
    public static TriggerRule? OfFile(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name, TriggerRule? ofDirectory)
    {
        if (!Table.ByName.TryGetValue(name, out var rules))
        {
            return ofDirectory;
        }

        foreach (var rule in rules)
        {
            if (rule.Danger < (ofDirectory?.Danger ?? int.MaxValue) && EndsWith(directory, rule.Place))
            {
                return rule;
            }
        }

        return ofDirectory;
    }

    /// <summary>The rule for every file in a directory and below it; asked once for each directory, because most have none.</summary>
    /// <param name="directory">Relative to the root; empty for the root.</param>
    public static TriggerRule? OfDirectory(ReadOnlySpan<byte> directory)
    {
        foreach (var rule in Table.ByDirectory)
        {
            if (Holds(directory, rule.Place))
            {
                return rule;
            }
        }

        return null;
    }

    // Whole segments only: "x.husky" is not ".husky".
    private static bool EndsWith(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> place) =>
        place.IsEmpty
        || (directory.EndsWith(place) && (directory.Length == place.Length || directory[^(place.Length + 1)] == '/'));

    private static bool Holds(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> place)
    {
        for (var from = 0; from < directory.Length; )
        {
            var at = directory[from..].IndexOf(place);
            if (at < 0)
            {
                return false;
            }

            var end = from + at + place.Length;
            if ((from + at == 0 || directory[from + at - 1] == '/') && (end == directory.Length || directory[end] == '/'))
            {
                return true;
            }

            from += at + 1;
        }

        return false;
    }

    private static class Table
    {
        public static readonly TriggerRule[] ByDirectory =
        [
            .. Rows.Where(row => row.Pattern.EndsWith('/'))
                .Select(row => new TriggerRule(Encoding.UTF8.GetBytes(row.Pattern.TrimEnd('/')), row.Danger, row.When)),
        ];

        public static readonly Dictionary<BytePath, TriggerRule[]>.AlternateLookup<ReadOnlySpan<byte>> ByName = Rows.Where(row =>
                !row.Pattern.EndsWith('/')
            )
            .GroupBy(
                row => BytePath.From(Path.GetFileName(row.Pattern)),
                row => new TriggerRule(Encoding.UTF8.GetBytes(Path.GetDirectoryName(row.Pattern) ?? ""), row.Danger, row.When)
            )
            .ToDictionary(group => group.Key, group => group.ToArray(), BytePathComparer.Instance)
            .GetAlternateLookup<ReadOnlySpan<byte>>();
    }
}
