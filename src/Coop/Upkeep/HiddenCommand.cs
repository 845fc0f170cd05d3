using System.CommandLine;
using Coop.Configuration;
using Coop.Errors;
using Coop.HiddenFiles;
using Coop.Masking;
using Coop.Native;
using Coop.Repositories;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Upkeep;

/// <summary><c>coop hidden</c>: what boxes of this repository do not see, by which rule; and the user's own exceptions.</summary>
internal sealed class HiddenCommand(
    HostEnvironment host,
    Func<UserDirectories> directories,
    Func<Settings> settings,
    ITerminal terminal
)
{
    public Command Declare()
    {
        Argument<string[]> paths = new("path")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Only these paths; exit 1 when none of them is hidden.",
        };
        Option<bool> json = new("--json") { Description = "Print one JSON document." };
        Command command = new("hidden", "Show what boxes of this repository do not see, and by which rule.") { paths, json };
        command.SetAction(
            (parse, cancellationToken) =>
                Task.FromResult(Show(parse.GetValue(paths) ?? [], parse.GetValue(json), cancellationToken))
        );
        command.Subcommands.Add(DeclareChange("allow", "Let boxes see a hidden path; kept outside the repository.", Allow));
        command.Subcommands.Add(
            DeclareChange("forget", "Forget what Coop remembers of a path, and an exception for it.", Forget)
        );
        return command;
    }

    private static Command DeclareChange(string name, string description, Func<string, CancellationToken, int> change)
    {
        Argument<string> path = new("path") { Description = "A file or directory of this repository." };
        Command command = new(name, description) { path };
        command.SetAction((parse, cancellationToken) => Task.FromResult(change(parse.GetRequiredValue(path), cancellationToken)));
        return command;
    }

    private int Show(string[] asked, bool json, CancellationToken cancellationToken)
    {
        var location = Location();
        var search = HiddenSearch.Run(location, directories(), settings().ShadowContent, cancellationToken);
        var shown =
            asked.Length == 0
                ? [.. search.Found.Hidden, .. search.Found.Special]
                : asked.Select(path => search.Found.Find(Relative(location, path))).OfType<HiddenPath>().Distinct().ToList();
        if (json)
        {
            terminal.Out(HiddenJson.Render(shown));
        }
        else
        {
            terminal.Out(string.Concat(HiddenText.Lines(shown).Select(line => line + "\n")));
            if (asked.Length == 0)
            {
                terminal.Say($"{shown.Count} of {search.Found.FilesSeen} paths hidden or covered.");
            }
        }

        return asked.Length > 0 && shown.Count == 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private int Allow(string path, CancellationToken cancellationToken)
    {
        var location = Location();
        var relative = Relative(location, path);
        var search = HiddenSearch.Run(location, directories(), settings().ShadowContent, cancellationToken);
        var hidden = search.Found.Find(relative);
        if (hidden is null)
        {
            throw new UserError($"'{relative}' is not hidden.", "What is: coop hidden");
        }

        if (!hidden.Path.Equals(relative))
        {
            throw new UserError(
                $"'{relative}' lies in '{hidden.Path}', which is hidden whole.",
                $"Allow the directory: coop hidden allow {hidden.Path}"
            );
        }

        if (hidden.Kind == HiddenKind.Special)
        {
            throw new UserError(
                $"'{relative}' is a socket, a FIFO or a device; boxes never see those.",
                "Nothing needs to be done."
            );
        }

        using var held = Lock(search.Stores);
        search.Stores.Exceptions.Write(search.Stores.Exceptions.Read().Allow(relative));
        terminal.Say($"Boxes of this repository see '{relative}' from now on.");
        return ExitCode.Done;
    }

    private int Forget(string path, CancellationToken cancellationToken)
    {
        var location = Location();
        var relative = Relative(location, path);
        var search = HiddenSearch.Run(location, directories(), settings().ShadowContent, cancellationToken);
        using (Lock(search.Stores))
        {
            search.Stores.Exceptions.Write(search.Stores.Exceptions.Read().Revoke(relative));
            search.Stores.Memory.Write(search.Memory.Forget(relative, search.Found));
        }

        var now = HiddenSearch.Run(location, directories(), settings().ShadowContent, cancellationToken).Found.Find(relative);
        terminal.Say(
            now is null
                ? $"'{relative}' is forgotten."
                : $"'{relative}' is forgotten, and still hidden by {now.Reason.Rule}. To let boxes see it: coop hidden allow {relative}"
        );
        return ExitCode.Done;
    }

    private static FileLock Lock(HiddenStores stores) =>
        stores.Lock() ?? throw new UserError("Another coop is changing what is hidden here.", "Try again in a moment.");

    private RepositoryLocation Location() => RepositoryFinder.FindOwn(settings().StartDirectory(host), directories().Home);

    // As typed, or escaped as Coop prints names that cannot be typed.
    private BytePath Relative(RepositoryLocation location, string path)
    {
        var typed = BytePath.From(path);
        var unescaped = BytePath.From(Formats.EscapedWord.Unescape(CString.From(path)).Bytes);
        var exists = FileQuestion.StatusOfLink(CString.From(Absolute(typed).Bytes)) is not null;
        var absolute = Absolute(exists ? typed : unescaped);
        return absolute.IsWithin(location.Root)
            ? absolute.RelativeTo(location.Root)
            : throw UserError.Usage($"'{path}' is not in this repository.", $"It is '{location.Root}'.");
    }

    private BytePath Absolute(BytePath path) => (path.IsAbsolute ? path : host.WorkingDirectory.Join(path)).Normalized();
}
