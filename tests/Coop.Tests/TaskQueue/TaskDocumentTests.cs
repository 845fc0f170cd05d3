using System.Text;
using Coop.Errors;
using CsCheck;
using Xunit;

namespace Coop.TaskQueue;

public class TaskDocumentTests
{
    private static readonly TaskState[] States = Enum.GetValues<TaskState>();

    // Whatever tells tasks, bodies, code blocks and line ends apart, and bytes that are no text.
    private static readonly string[] Pieces =
    [
        "- [ ] one",
        "- [x] one",
        "- [w] two",
        "- [B] three",
        "- [E] four",
        "- [] near",
        "  body",
        "\tbody",
        "",
        "   ",
        "# heading",
        "```",
        "~~~~",
        "\0",
        "\u00ff",
    ];

    private static readonly Gen<byte[]> Documents =
        from bom in Gen.Bool
        from lines in Gen.Select(
            Gen.Int[0, Pieces.Length - 1].Select(n => Pieces[n]),
            Gen.Bool.Select(crlf => crlf ? "\r\n" : "\n")
        ).Array[0, 40]
        from last in Gen.Int[0, Pieces.Length - 1].Select(n => Pieces[n])
        select (byte[])
            [
                .. bom ? "\uFEFF"u8 : [],
                .. lines.SelectMany(line => Encoding.Latin1.GetBytes(line.Item1 + line.Item2)),
                .. Encoding.Latin1.GetBytes(last),
            ];

    [Fact]
    public void A_task_is_a_line_at_the_left_margin_and_what_is_indented_below_it()
    {
        var document = Parse(
            "# Tasks\n\n- [ ] first\n  a\n\n\n  b\n\n- [x] second \n- [w] third\ntext\n  not its body\n- [B] f\n\tx"
        );
        Assert.Equal(
            [
                (TaskState.Todo, "first", "  a\n\n\n  b\n", 3),
                (TaskState.Done, "second", "", 9),
                (TaskState.Claimed, "third", "", 10),
                (TaskState.Blocked, "f", "\tx\n", 13),
            ],
            document.Tasks.Select(task => (task.State, task.Title, task.Body, task.Line))
        );
    }

    [Fact]
    public void A_code_block_at_the_margin_holds_no_tasks()
    {
        var document = Parse("```md\n- [q] no\n~~~\n``\n- [ ] no\n````\n- [ ] yes\n~~~\n- [ ] no\n");
        Assert.Equal(["yes"], document.Tasks.Select(task => task.Title));
        Assert.Equal(8, document.OpenFence);
        Assert.Throws<UserError>(() => document.WithTask("more"));
    }

    [Theory]
    [InlineData("- [X] title", "'[X]'")]
    [InlineData("- [q] title", "'[q]'")]
    [InlineData("- [\u001b] title", @"'[\x1b]'")]
    public void An_unknown_letter_is_named_with_its_place_and_the_allowed_ones(string line, string shown)
    {
        var error = Assert.Throws<UserError>(() => Parse($"- [ ] fine\n{line}\n"));
        Assert.Equal((ExitCode.Usage, $"TASKS.md:2: {shown} is no state of a task."), (error.ExitCode, error.Message));
        Assert.Contains("[ ] todo, [w] claimed, [x] done, [B] blocked, [E] example", error.Hint);
    }

    [Theory]
    [InlineData("- [] title")]
    [InlineData("- [xx] title")]
    [InlineData("* [ ] title")]
    [InlineData("1. [ ] title")]
    [InlineData("-[ ] title")]
    [InlineData("- [x]title")]
    [InlineData("- [ ]")]
    [InlineData("- [✓] title")]
    public void A_line_that_nearly_is_a_task_is_none_and_is_told(string line)
    {
        var document = Parse($"# Tasks\n{line}\n");
        Assert.Equal((0, 2), (document.Tasks.Count, Assert.Single(document.Near).Line));
    }

    [Theory]
    [InlineData("- [a](https://example.org)")]
    [InlineData("- [a]: https://example.org")]
    [InlineData("- text")]
    [InlineData("[ ] text")]
    public void A_link_or_a_list_is_no_near_task(string line) => Assert.Empty(Parse(line + "\n").Near);

    [Fact]
    public void A_change_of_state_is_one_byte_whatever_the_document() =>
        Gen.Select(Documents, Gen.Int[0, 1000], Gen.Int[0, States.Length - 1].Select(n => States[n]))
            .Sample(
                (bytes, pick, state) =>
                {
                    var before = TaskDocument.Parse(bytes, "TASKS.md");
                    if (before.Tasks.Count == 0)
                    {
                        return;
                    }

                    var index = pick % before.Tasks.Count;
                    var after = before.With(index, state);
                    var expected = bytes.ToArray();
                    expected[before.Tasks[index].LetterAt] = TaskLetters.LetterOf(state);
                    Assert.Equal(expected, after.Bytes.ToArray());
                    Assert.Equal(TaskDocument.Parse(expected, "TASKS.md").Tasks, after.Tasks);
                }
            );

    [Fact]
    public void A_note_or_a_task_is_added_and_all_else_keeps_its_bytes() =>
        Gen.Select(Documents, Gen.Int[0, 1000])
            .Sample(
                (bytes, pick) =>
                {
                    var before = TaskDocument.Parse(bytes, "TASKS.md");
                    if (before.OpenFence is null)
                    {
                        var more = before.WithTask("new");
                        Assert.True(more.Bytes.Span.StartsWith(bytes));
                        Assert.Equal([.. Said(before), (TaskState.Todo, "new")], Said(more));
                    }

                    if (before.Tasks.Count > 0)
                    {
                        var index = pick % before.Tasks.Count;
                        var noted = before.WithNote(index, "a note");
                        var end = before.Tasks[index].EndsAt;
                        Assert.True(noted.Bytes.Span.StartsWith(bytes.AsSpan(0, end)));
                        Assert.True(noted.Bytes.Span.EndsWith(bytes.AsSpan(end)));
                        Assert.Equal(Said(before), Said(noted));
                        Assert.EndsWith("  - a note\n", noted.Tasks[index].Body);
                    }
                }
            );

    [Theory]
    [InlineData("- [ ] a\r\n- [ ] b", "- [ ] a\r\n  - n\r\n- [ ] b", "- [ ] a\r\n- [ ] b\r\n- [ ] t\r\n")]
    [InlineData("- [ ] a", "- [ ] a\n  - n", "- [ ] a\n- [ ] t\n")]
    [InlineData("\uFEFF- [ ] a\n", "\uFEFF- [ ] a\n  - n\n", "\uFEFF- [ ] a\n- [ ] t\n")]
    public void Line_ends_are_the_documents_own(string before, string noted, string more)
    {
        Assert.Equal(noted, Text(Parse(before).WithNote(0, "n")));
        Assert.Equal(more, Text(Parse(before).WithTask("t")));
    }

    [Fact]
    public void A_note_stays_one_line_without_control_sequences() =>
        Assert.Equal("- [ ] a\n  - x y\n", Text(Parse("- [ ] a\n").WithNote(0, "x\ny\u001b[31m")));

    [Fact]
    public void An_empty_document_takes_a_task() => Assert.Equal("- [ ] t\n", Text(Parse("").WithTask("t")));

    [Fact]
    public void A_claim_is_found_by_title_and_by_place_among_equal_titles()
    {
        var host = Parse("- [ ] same\n- [ ] other\n- [ ] same\n- [ ] gone\n");
        var agent = Parse("- [x] other\n- [ ] new\n- [ ] same\n- [B] same\n");
        Assert.Equal(
            [TaskState.Todo, TaskState.Done, TaskState.Blocked, null],
            Enumerable.Range(0, 4).Select(index => agent.ClaimOf(host, index))
        );
    }

    [Fact]
    public void Two_thousand_tasks_and_one_of_a_megabyte_are_read()
    {
        var body = "  " + new string('y', 1_000_000) + "\n";
        var document = Parse(string.Concat(Enumerable.Range(0, 2000).Select(n => $"- [ ] task {n}\n")) + body);
        Assert.Equal((2000, body), (document.Tasks.Count, document.Tasks[^1].Body));
    }

    private static (TaskState, string)[] Said(TaskDocument document) =>
        [.. document.Tasks.Select(task => (task.State, task.Title))];

    private static TaskDocument Parse(string text) => TaskDocument.Parse(Encoding.UTF8.GetBytes(text), "TASKS.md");

    private static string Text(TaskDocument document) => Encoding.UTF8.GetString(document.Bytes.Span);
}
