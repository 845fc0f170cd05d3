using System.Text;
using Coop.Boxes;
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

    /// <summary>Null when the host does not run such a file by itself.</summary>
    /// <param name="path">Relative to the root.</param>
    public static HostTrigger? Judge(ReadOnlySpan<byte> path)
    {
        foreach (var (pattern, danger, when) in Table.Rows)
        {
            if (Matches(path, pattern))
            {
                return new HostTrigger(BytePath.From(path), danger, when);
            }
        }

        return null;
    }

    private static bool Matches(ReadOnlySpan<byte> path, byte[] pattern)
    {
        if (pattern[^1] == '/')
        {
            return path.StartsWith(pattern) || path.IndexOf([(byte)'/', .. pattern]) >= 0;
        }

        return path.EndsWith(pattern) && (path.Length == pattern.Length || path[^(pattern.Length + 1)] == '/');
    }

    private static class Table
    {
        public static readonly (byte[] Pattern, int Danger, string When)[] Rows =
        [
            .. HostTriggers.Rows.Select(row => (Encoding.UTF8.GetBytes(row.Pattern), row.Danger, row.When)),
        ];
    }
}
