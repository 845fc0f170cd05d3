using System.CommandLine;
using System.Reflection;
using System.Text;
using Coop.Configuration;
using Coop.Errors;
using Coop.Git;
using Coop.Native;
using Coop.Repositories;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.CheckSecrets;

/// <summary><c>coop check-secrets</c>: looks for credentials in the files of a repository, in what is staged, or in its history.</summary>
internal sealed class CheckSecretsCommand(
    HostEnvironment host,
    Func<UserDirectories> directories,
    Func<Settings> settings,
    Func<GitClient> client,
    Func<GitContents> contents,
    ITerminal terminal,
    TimeProvider time
)
{
    public const string Name = "check-secrets";

    private const int LargestBaselineBytes = 16 << 20;

    public Command Declare()
    {
        Argument<string[]> paths = new("path")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Only these files and directories.",
        };
        Option<bool> staged = new("--staged") { Description = "What the next commit brings, instead of the files." };
        Option<bool> history = new("--history") { Description = "Every version of every file and every message." };
        Option<bool> all = new("--all") { Description = "Ignored files too." };
        Option<string> format = new("--format") { Description = "text, json or sarif.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        Option<string?> baseline = new("--baseline")
        {
            Description = "A file of known findings, which are not told again.",
            HelpName = "file",
        };
        Option<bool> update = new("--update-baseline") { Description = "Write what is found now to the baseline." };
        Option<bool> install = new("--install-hook") { Description = "Write a pre-commit hook, if there is none." };
        Option<bool> keepGoing = new("--keep-going") { Description = "Scan the rest when something cannot be read." };
        Command command = new(Name, "Look for credentials in what a box could see.")
        {
            paths,
            staged,
            history,
            all,
            format,
            baseline,
            update,
            install,
            keepGoing,
        };
        command.SetAction(
            (parse, cancellationToken) =>
            {
                if (parse.GetValue(install))
                {
                    return InstallAsync(cancellationToken);
                }

                var location = Location();
                CheckSecretsOptions options = new(
                    [.. (parse.GetValue(paths) ?? []).Select(path => Relative(location, path))],
                    parse.GetValue(staged),
                    parse.GetValue(history),
                    parse.GetValue(all),
                    Enum.Parse<ReportFormat>(parse.GetValue(format)!, ignoreCase: true),
                    parse.GetValue(baseline) is { } file ? Absolute(BytePath.From(file)) : null,
                    parse.GetValue(update),
                    parse.GetValue(keepGoing)
                );
                return RunAsync(location, options, cancellationToken);
            }
        );
        return command;
    }

    private async Task<int> RunAsync(
        RepositoryLocation location,
        CheckSecretsOptions options,
        CancellationToken cancellationToken
    )
    {
        Check(location, options);
        var baseline = await BaselineAsync(location, options, cancellationToken);
        CheckSecretsRunner runner = new(contents(), new ScanProgress(terminal, time));
        var found = options switch
        {
            { Staged: true } => await runner.ScanStagedAsync(location, options, cancellationToken),
            { History: true } => await runner.ScanHistoryAsync(location, options, cancellationToken),
            _ => await runner.ScanTreeAsync(location, options, cancellationToken),
        };
        if (options.UpdateBaseline)
        {
            var known = found.Report(Baseline.Empty);
            if (known.Unread.Count == 0)
            {
                AtomicFile.Write(Encoding.UTF8.GetString(options.Baseline!.Bytes), baseline.Render(known.Findings));
                terminal.Say($"{known.Findings.Count} findings written to '{options.Baseline}'.");
                return ExitCode.Done;
            }
        }

        var report = found.Report(baseline);
        Print(report, options.Format);
        if (options.History && await contents().IsShallowAsync(location.Root, cancellationToken))
        {
            terminal.Say(
                "This clone is shallow: what lies before its first commit was not looked at. All of it: git fetch --unshallow"
            );
        }

        return report.Unread.Count > 0 ? ExitCode.Incomplete
            : report.Findings.Count > 0 ? ExitCode.Failed
            : ExitCode.Done;
    }

    private static void Check(RepositoryLocation location, CheckSecretsOptions options)
    {
        if (options.UpdateBaseline && options.Baseline is null)
        {
            throw UserError.Usage(
                "--update-baseline needs the file to write.",
                "Name it: coop check-secrets --baseline FILE --update-baseline"
            );
        }

        if (options.Staged && options.History)
        {
            throw UserError.Usage("--staged and --history exclude each other.", "Pass one of them.");
        }

        if ((options.Staged || options.History) && !location.IsRepository)
        {
            throw UserError.Usage($"'{location.Root}' is no git repository.", "Check its files: coop check-secrets");
        }
    }

    // In a hook the baseline counts as HEAD has it: whoever commits must not silence themselves.
    private async Task<Baseline> BaselineAsync(
        RepositoryLocation location,
        CheckSecretsOptions options,
        CancellationToken cancellationToken
    )
    {
        if (options.Baseline is not { } file)
        {
            return Baseline.Empty;
        }

        if (options.Staged && file.IsWithin(location.Root))
        {
            var committed = await contents().ReadAtHeadAsync(location.Root, file.RelativeTo(location.Root), cancellationToken);
            return committed is null ? Baseline.Empty : Baseline.Parse(committed, file.ToString());
        }

        var text = SafeFile.Read(file.Parent, BytePath.From(file.Name), LargestBaselineBytes);
        return text is not null ? Baseline.Parse(text, file.ToString())
            : options.UpdateBaseline ? Baseline.Empty
            : throw UserError.Usage(
                $"There is no baseline '{file}'.",
                $"Write it: coop check-secrets --baseline {file} --update-baseline"
            );
    }

    private void Print(CheckReport report, ReportFormat format)
    {
        terminal.Out(
            format switch
            {
                ReportFormat.Text => CheckSecretsText.Render(report),
                ReportFormat.Json => FindingsJson.Render(report),
                ReportFormat.Sarif => SarifReport.Render(report, Version()),
                _ => throw new InvalidOperationException($"No report as {format}."),
            }
        );
        foreach (var note in CheckSecretsText.Notes(report))
        {
            terminal.Say(note);
        }
    }

    private static string Version() =>
        typeof(CheckSecretsCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "0";

    private async Task<int> InstallAsync(CancellationToken cancellationToken)
    {
        var location = Location();
        var configuration = location.IsRepository
            ? await client().ReadConfigurationAsync(location.Root, cancellationToken)
            : GitConfiguration.Empty;
        var hook = HookInstaller.Install(location, configuration, host.ExecutablePath);
        terminal.Say($"Every commit is checked from now on, by '{hook}'.");
        return ExitCode.Done;
    }

    private RepositoryLocation Location() => RepositoryFinder.FindOwn(settings().StartDirectory(host), directories().Home);

    private BytePath Relative(RepositoryLocation location, string path)
    {
        var absolute = Absolute(BytePath.From(path));
        if (!absolute.IsWithin(location.Root))
        {
            throw UserError.Usage(
                $"'{BytePath.From(path)}' is not in this repository, '{location.Root}'.",
                "Go there first: cd DIRECTORY && coop check-secrets"
            );
        }

        return FileQuestion.StatusOfLink(CString.From(absolute.Bytes)) is not null
            ? absolute.RelativeTo(location.Root)
            : throw UserError.Usage($"There is no '{BytePath.From(path)}'.", "See what there is: ls");
    }

    private BytePath Absolute(BytePath path) => (path.IsAbsolute ? path : host.WorkingDirectory.Join(path)).Normalized();
}
