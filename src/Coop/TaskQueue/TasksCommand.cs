using System.CommandLine;
using System.Globalization;
using Coop.Configuration;
using Coop.Errors;
using Coop.Repositories;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.TaskQueue;

/// <summary><c>coop tasks</c>: the queue that a loop works.</summary>
internal sealed class TasksCommand(
    HostEnvironment host,
    Func<UserDirectories> directories,
    Func<Settings> settings,
    ITerminal terminal
)
{
    public const string Name = "tasks";

    public Command Declare()
    {
        Option<bool> json = new("--json") { Description = "One JSON document." };
        Command list = new("list", "Show the tasks and their states.") { json };
        list.SetAction(parse => List(parse.GetValue(json)));
        Command lint = new("lint", "Say what keeps tasks from being worked well.");
        lint.SetAction(_ => Lint());
        Argument<string> title = new("title") { Description = "What is to be done, in one line." };
        Command add = new("add", "Add a task at the end.") { title };
        add.SetAction(parse => Add(parse.GetValue(title)!));
        Argument<int> count = new("n") { Description = "How many parts." };
        Command split = new("split", "Deal the open tasks into n queues of their own.") { count };
        split.SetAction(parse => Split(parse.GetValue(count)));
        return new Command(Name, "Look at and change .agent/TASKS.md, the queue of tasks.") { list, lint, add, split };
    }

    private int List(bool isJson)
    {
        var document = Read(Store());
        terminal.Out(isJson ? TaskListJson.Render(document) : TaskListText.Render(document));
        return ExitCode.Done;
    }

    private int Lint()
    {
        var store = Store();
        var document = Read(store);
        TaskQueueFile pending = new(store.File.Root, PendingDecisions.Path);
        var findings = QueueLint.Find(document, pending.ReadBytes(), HeldLock.IsHeld(store.StateDirectory, QueueStore.LoopLock));
        foreach (var (line, problem) in findings)
        {
            terminal.Out(
                string.Create(CultureInfo.InvariantCulture, $"{store.File.Path}:{line}: {PlainText.CleanLine(problem)}\n")
            );
        }

        return findings.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private int Add(string title)
    {
        if (string.IsNullOrWhiteSpace(title) || title.Any(char.IsControl) || PlainText.CleanLine(title) != title)
        {
            throw UserError.Usage(
                "A task's title is one line of text without control characters.",
                "Add it so: coop tasks add \"Say what is to be done\""
            );
        }

        var store = Store();
        var now = store.Add(title, host.OwnerIn(store.File.Root));
        var line = now.Tasks[^1].Line;
        terminal.Say($"Added at {store.File.Path}:{line}. Write below it, indented, what it needs; then: coop tasks lint");
        return ExitCode.Done;
    }

    private int Split(int count)
    {
        var store = Store();
        var document = Read(store);
        foreach (var slice in new QueueSplit(store.File.Root, document, count, host.OwnerIn(store.File.Root)).Write())
        {
            terminal.Out($"{slice.Path}\t{slice.Tasks}\n");
        }

        var part = QueueSplit.PathOf(1);
        terminal.Say($"The queue itself is as it was. Work a part in a fork: coop fork part1 claude --loop --tasks {part}");
        return ExitCode.Done;
    }

    private static TaskDocument Read(QueueStore store) =>
        store.File.Read()
        ?? throw new UserError($"There is no queue '{store.File.Path}'.", "Begin one: coop tasks add \"TITLE\"");

    private QueueStore Store()
    {
        var places = directories();
        return new QueueStore(
            places,
            RepositoryFinder.FindOwn(settings().StartDirectory(host), places.Home).Root,
            TaskQueueFile.DefaultPath
        );
    }
}
