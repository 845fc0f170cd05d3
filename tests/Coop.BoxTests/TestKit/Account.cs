using System.Globalization;

namespace Coop.BoxTests.TestKit;

/// <summary>A uid and gid that programs of a test run as.</summary>
/// <param name="Name">Null for a number that no account of the host has.</param>
/// <param name="Home">The account's real home, which holds the images of rootless podman; tests set a HOME of their own.</param>
internal sealed record Account(string? Name, int Uid, int Gid, string? Home)
{
    private const string TesterName = "coop-tester";

    /// <summary>Whoever runs the tests.</summary>
    public static Account Current { get; } = ReadCurrent();

    public static Account Uid1000 { get; } = new(null, 1000, 1000, null);

    /// <summary>Null when the machine has no account to play that part.</summary>
    public static Account? Of(CallerKind kind) =>
        (kind, Current.Uid) switch
        {
            (CallerKind.Root, 0) or (CallerKind.Ordinary, not 0) => Current,
            (CallerKind.Root, _) => null,
            (CallerKind.Ordinary, _) => ReadAll().FirstOrDefault(account => account.Name == TesterName),
            _ => throw new InvalidOperationException($"No account for {kind}."),
        };

    /// <summary>The words that start a program as this account, with every signal at its default.</summary>
    /// <remarks>A test run in the background of a script inherits «ignore SIGINT», and so would all that it starts.</remarks>
    public IReadOnlyList<string> Prefix =>
        Uid == Current.Uid
            ? ["env", "--default-signal"]
            :
            [
                "setpriv",
                "--reuid",
                Uid.ToString(CultureInfo.InvariantCulture),
                "--regid",
                Gid.ToString(CultureInfo.InvariantCulture),
                Name is null ? "--clear-groups" : "--init-groups",
                "env",
                "--default-signal",
            ];

    private static Account ReadCurrent()
    {
        var uid = int.Parse(
            File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1],
            CultureInfo.InvariantCulture
        );
        return ReadAll().FirstOrDefault(account => account.Uid == uid) ?? new Account(null, uid, uid, null);
    }

    private static IEnumerable<Account> ReadAll() =>
        File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length == 7)
            .Select(fields => new Account(
                fields[0],
                int.Parse(fields[2], CultureInfo.InvariantCulture),
                int.Parse(fields[3], CultureInfo.InvariantCulture),
                fields[5]
            ));
}
