using System.CommandLine;
using System.Text;

namespace Coop.Cli;

/// <summary>Help pages: what it does, usage, commands or options, one example.</summary>
internal static class HelpText
{
    // What follows a command's own options, and an example to type; a command without a row takes nothing and is its own example.
    private static readonly Dictionary<string, (string Usage, string Example)> Rows = new(StringComparer.Ordinal)
    {
        ["coop"] = ("<command>", "coop run -- make test"),
        ["run"] = ("[--] <command> [words…]", "coop run -- make test"),
        [Runs.ArgumentSplit.AgentCommandName] = ("[words…]", "coop claude \"mend the failing test\""),
        [Runs.ArgumentSplit.LoginCommandName] = ("[<agent>[@account]] [words…]", "coop login claude@work"),
        ["hidden"] = ("[path…]", "coop hidden .env"),
        ["allow"] = ("<path>", "coop hidden allow testdata/server.key"),
        ["forget"] = ("<path>", "coop hidden forget notes.txt"),
        ["fork"] = ("<name> [agent] [words…]", "coop fork fix-login claude"),
        ["loop"] = ("[target…]", "coop loop claude codex --max-time 8h"),
        ["init"] = ("", "coop init --agents claude,codex --stack asdf"),
        ["ls"] = ("", "coop fork ls"),
        ["review"] = ("<name>", "coop fork review fix-login"),
        ["merge"] = ("<name> | --all", "coop fork merge fix-login"),
        ["rm"] = ("<name>", "coop fork rm fix-login"),
        ["open"] = ("<name>", "coop fork open fix-login"),
        ["path"] = ("<name>", "cd \"$(coop fork path fix-login)\""),
        ["logs"] = ("[name]", "coop fork logs fix-login"),
        ["stop"] = ("<name>", "coop fork stop fix-login"),
        ["completion"] = ("bash|zsh|fish|pwsh", "source <(coop completion bash)"),
        ["help"] = ("[command]", "coop help run"),
    };

    public static string Render(Command command)
    {
        var name = command is RootCommand ? "coop" : command.Name;
        var (usage, example) = Rows.GetValueOrDefault(name, ("", $"coop {name}"));
        StringBuilder text = new();
        text.Append(command.Description).Append("\n\n");
        text.Append("Usage: ").Append(string.Join(' ', UsageWords(command, usage))).Append('\n');
        if (command is RootCommand)
        {
            text.Append("       coop <agent> [words…]\n");
            Section(
                text,
                "Agents",
                Agents.AgentCatalog.All.Select(agent => (agent.Name, $"run {agent.Name} with its brakes off in a box"))
            );
        }

        Section(text, "Commands", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? "")));
        Section(text, "Options", Options(command));
        return text.Append("\nExample: ").Append(example).Append('\n').ToString();
    }

    private static IEnumerable<string> UsageWords(Command command, string usage)
    {
        yield return CommandNames.Typed(command);

        if (Options(command).Any())
        {
            yield return "[options]";
        }

        if (usage.Length > 0)
        {
            yield return usage;
        }
    }

    private static IEnumerable<(string Name, string Meaning)> Options(Command command)
    {
        foreach (var option in command.Options.Where(option => !option.Hidden))
        {
            yield return (
                string.Join(", ", option.Aliases.Order(StringComparer.Ordinal).Append(option.Name).Distinct()),
                option.Description ?? ""
            );
        }

        if (command is not RootCommand)
        {
            yield return ("-h, --help", "Show help.");
        }
    }

    private static void Section(StringBuilder text, string title, IEnumerable<(string Name, string Meaning)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
        {
            return;
        }

        var width = list.Max(row => row.Name.Length) + 2;
        text.Append('\n').Append(title).Append(":\n");
        foreach (var (name, meaning) in list)
        {
            text.Append("  ").Append(name.PadRight(width)).Append(meaning).Append('\n');
        }
    }
}
