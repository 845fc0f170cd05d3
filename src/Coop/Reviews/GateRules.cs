using System.Text;
using Coop.Storage;

namespace Coop.Reviews;

/// <summary>Which files the gate's command runs or is steered by, as far as its words tell.</summary>
internal static class GateRules
{
    private static readonly Dictionary<string, string[]> FilesOfTools = new(StringComparer.Ordinal)
    {
        ["make"] = ["makefile", "gnumakefile"],
        ["gmake"] = ["makefile", "gnumakefile"],
        ["just"] = ["justfile", ".justfile"],
        ["task"] = ["taskfile.yml", "taskfile.yaml"],
        ["npm"] = ["package.json"],
        ["npx"] = ["package.json"],
        ["yarn"] = ["package.json", ".yarnrc.yml"],
        ["pnpm"] = ["package.json", ".pnpmfile.cjs"],
        ["bun"] = ["package.json", "bunfig.toml"],
        ["cargo"] = ["cargo.toml", "build.rs", "config.toml"],
        ["go"] = ["go.mod"],
        ["dotnet"] = ["directory.build.props", "directory.build.targets", "global.json"],
        ["pytest"] = ["conftest.py", "pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini"],
        ["python"] = ["conftest.py", "pytest.ini", "pyproject.toml", "setup.cfg"],
        ["python3"] = ["conftest.py", "pytest.ini", "pyproject.toml", "setup.cfg"],
        ["tox"] = ["tox.ini", "pyproject.toml", "setup.cfg"],
        ["gradle"] = ["build.gradle", "build.gradle.kts", "settings.gradle"],
        ["gradlew"] = ["build.gradle", "build.gradle.kts", "settings.gradle"],
        ["mvn"] = ["pom.xml"],
        ["rake"] = ["rakefile", "gemfile"],
        ["bundle"] = ["gemfile", "rakefile"],
    };

    /// <param name="gate">The words of <c>COOP_GATE</c>; a script for a shell counts by the words in it.</param>
    public static bool Runs(IReadOnlyList<string> gate, BytePath path)
    {
        var text = Encoding.UTF8.GetString(path.Bytes);
        var name = text.Split('/')[^1].ToLowerInvariant();
        return gate.SelectMany(word =>
                word.Split([' ', '\t', '\n', ';', '&', '|', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            )
            .Any(word =>
            {
                var plain = word.StartsWith("./", StringComparison.Ordinal) ? word[2..] : word;
                return plain == text || FilesOfTools.GetValueOrDefault(plain.Split('/')[^1], []).Contains(name);
            });
    }
}
