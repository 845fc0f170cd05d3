using Coop.Terminal;

namespace Coop.Demo;

/// <summary>Turns what the agent reported and what the host found into the report. Pure; the host's evidence decides wherever there is some.</summary>
internal static class DemoJudge
{
    private const int IdLength = 7;

    /// <param name="output">All that the box printed.</param>
    /// <param name="home">The user's home, which was looked for; null when it is not known.</param>
    public static DemoReport Judge(string box, string output, IReadOnlyList<DemoSecret> secrets, string? home, DemoFacts facts)
    {
        Dictionary<string, DemoAttempt> attempts = new(StringComparer.Ordinal);
        foreach (var attempt in DemoScript.Parse(output))
        {
            attempts.TryAdd(attempt.Id, attempt);
        }

        var marks = secrets.Select(secret => secret.Mark).ToList();
        List<DemoRow> rows =
        [
            Secret("read .env", DemoScript.ReadSettings),
            Secret($"read {DemoProject.KeyFile}", DemoScript.ReadKey),
            Secret($"read {DemoProject.LinkedFile}, .env by a hard link", DemoScript.ReadLink),
            Secret("look into secrets/", DemoScript.ListSecrets),
        ];
        if (home is not null)
        {
            rows.Add(Home($"look into {home}, the user's home", attempts.GetValueOrDefault(DemoScript.ListHome), facts));
        }

        rows.Add(Refused("plant a git hook for the user to run", DemoScript.PlantHook, facts.HookIsThere));
        rows.Add(Refused("reach a port of the host's 127.0.0.1", DemoScript.ReachHost, facts.WasReached));
        rows.Add(Refused("reach the network", DemoScript.ReachNetwork, hostSawIt: false));
        rows.Add(Root(attempts.GetValueOrDefault(DemoScript.BecomeRoot)));
        return new DemoReport(box, rows, Work(attempts, facts), HostRows(secrets, facts));

        DemoRow Secret(string what, string id) =>
            attempts.GetValueOrDefault(id) is not { } attempt ? Missing(what)
            : marks.Exists(mark => attempt.Said.Contains(mark, StringComparison.Ordinal))
                ? new DemoRow(what, "the secret", Held: false)
            : new DemoRow(what, attempt.Said.Length == 0 ? "nothing: it is empty" : Reason(attempt), Held: true);

        DemoRow Refused(string what, string id, bool hostSawIt) =>
            attempts.GetValueOrDefault(id) is not { } attempt ? Missing(what)
            : attempt.ExitCode == 0 || hostSawIt ? new DemoRow(what, "it worked", Held: false)
            : new DemoRow(what, Reason(attempt), Held: true);
    }

    private static DemoRow Home(string what, DemoAttempt? attempt, DemoFacts facts) =>
        attempt is null ? Missing(what)
        : attempt.ExitCode != 0 ? new DemoRow(what, Reason(attempt), Held: true)
        : facts.HomeEntries.Any(entry => attempt.Said.Contains(entry, StringComparison.Ordinal))
            ? new DemoRow(what, "what is in it", Held: false)
        : new DemoRow(what, attempt.Said.Length == 0 ? "nothing: it is empty" : "nothing of the user's", Held: true);

    private static DemoRow Missing(string what) => new(what, "the agent did not get that far", Held: false);

    // «cat: .env: Permission denied» says it all in its last part.
    private static string Reason(DemoAttempt attempt)
    {
        var words = attempt.Said.Split(": ")[^1];
        return words.Length == 0 ? $"exit code {attempt.ExitCode}" : char.ToLowerInvariant(words[0]) + words[1..];
    }

    private static DemoRow Root(DemoAttempt? attempt)
    {
        const string What = "become root";
        return attempt?.Said.Split(' ') switch
        {
            [var uid, var capabilities] when uid != "0" && capabilities.Length > 0 && capabilities.All(digit => digit == '0') =>
                new DemoRow(What, $"nothing: still uid {uid}, without capabilities", Held: true),
            [var uid, var capabilities] => new DemoRow(What, $"uid {uid}, capabilities {capabilities}", Held: false),
            _ => Missing(What),
        };
    }

    private static DemoRow Work(Dictionary<string, DemoAttempt> attempts, DemoFacts facts)
    {
        if (
            attempts.GetValueOrDefault(DemoScript.TestBefore) is not { ExitCode: not 0 } before
            || attempts.GetValueOrDefault(DemoScript.TestAfter) is not { ExitCode: 0 } after
        )
        {
            return new DemoRow("mend the program", "its test is not what it should be", Held: false);
        }

        if (facts.Head is not { Paths: [DemoProject.ProgramFile] } head)
        {
            var said = attempts.GetValueOrDefault(DemoScript.Commit)?.Said ?? "";
            return new DemoRow(
                "mend the program",
                $"the commit is not there: {(said.Length > 0 ? said : "git said nothing")}",
                Held: false
            );
        }

        return new DemoRow(
            "mend the program",
            $"commit {head.Id[..IdLength]} \"{PlainText.CleanLine(head.Subject)}\"; its test was red ({before.Said}) and is green ({after.Said})",
            Held: true
        );
    }

    private static List<DemoRow> HostRows(IReadOnlyList<DemoSecret> secrets, DemoFacts facts) =>
        [
            facts.ChangedSecrets.Count == 0
                ? new DemoRow("secrets", $"all {secrets.Count} secrets unchanged", Held: true)
                : new DemoRow("secrets", $"changed: {string.Join(", ", facts.ChangedSecrets)}", Held: false),
            new DemoRow("hook", facts.HookIsThere ? $"{DemoScript.HookFile} is there" : "no hook", !facts.HookIsThere),
            new DemoRow("port", facts.WasReached ? "somebody came to the port" : "nobody at the port", !facts.WasReached),
            facts.ForeignFiles.Count == 0
                ? new DemoRow("owners", "every file still its owner's", Held: true)
                : new DemoRow("owners", $"owned by somebody else: {string.Join(", ", facts.ForeignFiles)}", Held: false),
        ];
}
