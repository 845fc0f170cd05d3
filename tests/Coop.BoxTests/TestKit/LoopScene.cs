using System.Text.Json;
using Xunit;

namespace Coop.BoxTests.TestKit;

/// <summary>A repository with a queue, and a script that the loop takes for Claude: it does what its task's title says.</summary>
internal sealed class LoopScene : IAsyncDisposable
{
    // As an auditor it is content with everything.
    private const string Script = """
        for prompt; do :; done
        first() { [ ! -e ".seen-$1" ] && touch ".seen-$1"; }
        mark() { sed -i "s/^- \[w\]/- [$1]/" .agent/TASKS.md; }
        save() { git add --all -- . ':!.agent' && git commit --quiet --message="$1"; }
        work() { echo x >> work.txt; save "work $1"; mark x; }
        case "$prompt" in
        "Other agents"*)
            for n in $(printf '%s\n' "$prompt" | sed -n 's/^Task \([0-9]*\):.*/\1/p'); do
                echo "{\"task\": $n, \"holds\": true, \"reason\": \"looked\"}"
            done ;;
        CASES
        *) work honest ;;
        esac

        """;

    private LoopScene(TemporaryRepository repository) => Repository = repository;

    public TemporaryRepository Repository { get; }

    public string QueuePath => Repository.PathOf(".agent/TASKS.md");

    /// <param name="cases">Branches of a shell's case statement over the prompt.</param>
    public static async Task<LoopScene> CreateAsync(BoxRig rig, string cases, params string[] titles)
    {
        var repository = await TemporaryRepository.CreateAsync(rig, TreeOwner.Caller, "owner/project");
        LoopScene scene = new(repository);
        await repository.WriteAsync("agent.sh", Script.Replace("CASES", cases, StringComparison.Ordinal));
        await repository.WriteAsync(".gitignore", ".seen-*\n");
        await repository.WriteAsync(".agent/TASKS.md", string.Concat(titles.Select(title => $"- [ ] {title}\n")));
        await repository.GitAsync("add", "--all");
        await repository.GitAsync("commit", "--quiet", "--message=queue");
        return scene;
    }

    public ProgramRun Loop(params string[] options) =>
        Repository.Coop(["loop", "claude", .. options]).Environment("COOP_CLAUDE_CMD", "sh agent.sh");

    /// <summary>The states of the queue's tasks, a letter each.</summary>
    public async Task<string> LettersAsync() =>
        string.Concat(
            (await File.ReadAllLinesAsync(QueuePath, TestContext.Current.CancellationToken))
                .Where(line => line.StartsWith("- [", StringComparison.Ordinal))
                .Select(line => line[3])
        );

    /// <summary>What the last loop says it did.</summary>
    public async Task<JsonElement> ReportAsync()
    {
        using var report = JsonDocument.Parse((await Repository.Coop("loop", "--report", "--json").RunAsync()).Succeeded().Out);
        return report.RootElement.Clone();
    }

    /// <summary>Waits until the agent has made a file in the tree.</summary>
    public Task WaitForAsync(string name, RunningProgram loop) =>
        Eventually.TrueAsync(
            () => loop.HasEnded ? throw new InvalidOperationException("The loop ended.") : File.Exists(Repository.PathOf(name)),
            TimeSpan.FromSeconds(60),
            () => $"the agent's file {name}"
        );

    /// <summary>How many commits below HEAD have this subject.</summary>
    public async Task<int> CountCommitsAsync(string subject) =>
        (await Repository.GitAsync("log", "--format=%s")).Lines.Count(line => line == subject);

    public ValueTask DisposeAsync() => Repository.DisposeAsync();
}
