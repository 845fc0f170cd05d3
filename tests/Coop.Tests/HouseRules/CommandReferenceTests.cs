using System.CommandLine;
using Coop.Cli;
using Coop.TestKit;
using Xunit;

namespace Coop.HouseRules;

/// <summary>docs/reference holds the help of every command; <c>UPDATE_SNAPSHOTS=1</c> writes it.</summary>
public class CommandReferenceTests
{
    private static readonly string Reference = Path.Combine(SourceTree.Root, "docs/reference");

    public static TheoryData<string> Pages => [.. All().Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_has_a_page_with_its_help(string page) =>
        Snapshot.MatchFile(All()[page], Path.Combine(Reference, page));

    [Fact]
    public void No_page_is_left_of_a_command_that_is_gone() =>
        Assert.Equal([], Directory.EnumerateFiles(Reference).Select(Path.GetFileName).Where(page => !All().ContainsKey(page!)));

    private static SortedDictionary<string, string> All()
    {
        using ScriptedProcessRunner processes = new();
        var root = new CommandTree(new Doors(SomeHost.With(), new RecordedTerminal(), processes, TimeProvider.System)).Make([]);
        SortedDictionary<string, string> pages = new(StringComparer.Ordinal);
        Add(root);
        return pages;

        void Add(Command command)
        {
            var name = CommandNames.Typed(command);
            var file = command is RootCommand ? name : name["coop ".Length..].Replace(' ', '-').Trim('<', '>');
            pages[$"{file}.md"] = Page(name, command);
            foreach (var sub in command.Subcommands)
            {
                Add(sub);
            }
        }
    }

    private static string Page(string name, Command command) => $"# `{name}`\n\n```text\n{HelpText.Render(command)}```\n";
}
