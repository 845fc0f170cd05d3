using System.Text.Json;
using Coop.Cli;
using Coop.Processes;
using Coop.TestKit;
using Xunit;

namespace Coop.TaskQueue;

public sealed class TasksCommandTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    private string Agent => repository.PathOf("project/.agent");

    private string Queue => Path.Combine(Agent, "TASKS.md");

    [Fact]
    public async Task A_queue_is_begun_extended_and_listed()
    {
        Assert.Equal(1, (await RunAsync("list")).Code);
        Assert.Equal(0, (await RunAsync("add", "first")).Code);
        Assert.Contains(".agent/TASKS.md:2.", (await RunAsync("add", "second")).Error);
        Assert.Equal("- [ ] first\n- [ ] second\n", await ReadAsync("TASKS.md"));
        Assert.Equal((0, "N  STATE    TITLE\n1  todo     first\n2  todo     second\n\n2 todo\n", ""), await RunAsync("list"));
    }

    [Fact]
    public async Task Titles_are_cleaned_in_the_list_and_in_its_document()
    {
        Write("- [x] a\u001b[31mb\n");
        Assert.DoesNotContain("\u001b", (await RunAsync("list")).Output);
        using var document = JsonDocument.Parse((await RunAsync("list", "--json")).Output);
        var task = document.RootElement.GetProperty("tasks")[0];
        Assert.Equal(
            (1, "done", "ab", 1),
            (
                task.GetProperty("number").GetInt32(),
                task.GetProperty("state").GetString(),
                task.GetProperty("title").GetString(),
                task.GetProperty("line").GetInt32()
            )
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\u001b[2J")]
    public async Task A_title_of_no_or_several_lines_is_refused(string title)
    {
        Assert.Equal(2, (await RunAsync("add", title)).Code);
        Assert.False(File.Exists(Queue));
    }

    [Fact]
    public async Task Lint_names_every_line_that_lacks_something()
    {
        const string Whole = "  Context: c\n  Files: f\n  Direction: d\n  Checks: k\n";
        Write(
            $"- [ ] bare\n- [w] left\n{Whole}- [B] asks\n- [ ] left\n{Whole}* [ ] star\n- [x] done\n- [E] example\n- [ ]  \n{Whole}"
        );
        var (code, output, _) = await RunAsync("lint");
        Assert.Equal(1, code);
        Assert.Equal(
            """
            .agent/TASKS.md:1: the body lacks 'Context:', 'Files:', 'Direction:', 'Checks:'
            .agent/TASKS.md:2: the task is claimed, and no loop works the queue
            .agent/TASKS.md:7: the task is blocked, and .agent/PENDING_DECISIONS.md does not name it
            .agent/TASKS.md:8: line 2 has the same title
            .agent/TASKS.md:13: a task begins with '-'
            .agent/TASKS.md:16: the task has no title

            """,
            output
        );
        Write($"- [ ] whole\n{Whole}- [B] asks\n");
        await File.WriteAllTextAsync(
            Path.Combine(Agent, "PENDING_DECISIONS.md"),
            "## asks\n",
            TestContext.Current.CancellationToken
        );
        Assert.Equal((0, "", ""), await RunAsync("lint"));
    }

    [Fact]
    public async Task Open_tasks_are_dealt_in_turn_with_their_bodies_byte_for_byte()
    {
        Write("# T\r\n- [ ] a\r\n  x\r\n- [x] done\n- [ ] b\n- [ ] c");
        Assert.Equal(0, (await RunAsync("split", "2")).Code);
        Assert.Equal("- [ ] a\r\n  x\r\n- [ ] c", await ReadAsync("TASKS.slice1.md"));
        Assert.Equal("- [ ] b\n", await ReadAsync("TASKS.slice2.md"));
    }

    [Fact]
    public async Task Nothing_is_dealt_when_one_part_is_there()
    {
        Write("- [ ] a\n- [ ] b\n");
        File.CreateSymbolicLink(Path.Combine(Agent, "TASKS.slice2.md"), "nowhere");
        Assert.Equal(1, (await RunAsync("split", "2")).Code);
        Assert.False(File.Exists(Path.Combine(Agent, "TASKS.slice1.md")));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    public async Task More_parts_than_open_tasks_are_refused(string parts)
    {
        Write("- [ ] a\n- [ ] b\n");
        Assert.Equal(2, (await RunAsync("split", parts)).Code);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("list", "--json")]
    [InlineData("lint")]
    [InlineData("add", "more")]
    [InlineData("split", "1")]
    public async Task A_queue_that_is_a_link_is_neither_shown_nor_copied_nor_changed(params string[] words)
    {
        var host = repository.Write("host", "- [ ] secret\n- [q] word\n");
        Directory.CreateDirectory(Agent);
        File.CreateSymbolicLink(Queue, host);
        var (code, output, error) = await RunAsync(words);
        Assert.Equal(1, code);
        Assert.DoesNotContain("secret", output + error);
        Assert.Equal("- [ ] secret\n- [q] word\n", await File.ReadAllTextAsync(host, TestContext.Current.CancellationToken));
        Assert.Equal(["TASKS.md"], Directory.EnumerateFileSystemEntries(Agent).Select(Path.GetFileName));
    }

    private void Write(string text) => repository.Write("project/.agent/TASKS.md", text);

    private Task<string> ReadAsync(string name) =>
        File.ReadAllTextAsync(Path.Combine(Agent, name), TestContext.Current.CancellationToken);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] words)
    {
        RecordedTerminal terminal = new();
        var host = SomeHost
            .With(("HOME", repository.Home), ("PATH", System.Environment.GetEnvironmentVariable("PATH")!))
            .Saying([TasksCommand.Name, .. words]) with
        {
            WorkingDirectory = repository.Root,
        };
        ProcessRunner processes = new(repository.Environment);
        var code = await new CliApp(new Doors(host, terminal, processes, TimeProvider.System)).RunAsync(
            TestContext.Current.CancellationToken
        );
        return (code, terminal.Output, terminal.ErrorOutput);
    }
}
