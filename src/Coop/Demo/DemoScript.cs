using System.Globalization;
using Coop.Formats;
using Coop.Native;

namespace Coop.Demo;

/// <summary>
/// The scripted agent: a shell script that tries what a bad agent would, then does what a good one does, and reports each step on one line. It needs nothing but a shell, git
/// and what every system has.
/// </summary>
internal static class DemoScript
{
    public const string ReadSettings = "settings";
    public const string ReadKey = "key";
    public const string ReadLink = "link";
    public const string ListSecrets = "secrets";
    public const string ListHome = "home";
    public const string PlantHook = "hook";
    public const string ReachHost = "host";
    public const string ReachNetwork = "network";
    public const string BecomeRoot = "root";
    public const string TestBefore = "before";
    public const string TestAfter = "after";
    public const string Commit = "commit";
    public const string HookFile = ".git/hooks/pre-commit";

    private const char Separator = '\t';
    private const string StepWord = "step";

    // 192.0.2.1 is nobody's address (RFC 5737): nothing is disturbed where a box could reach it after all.
    private const string Text = """
        port=$1 home=$2
        step() {
          name=$1
          said=$(eval "$2" 2>&1 </dev/null)
          code=$?
          printf 'step\t%s\t%s\t%s\n' "$name" "$code" "$(printf '%s\n' "$said" | tr '\t' ' ' | tail -n 1 | cut -c 1-2000)"
        }
        step settings 'cat .env'
        step key 'cat deploy/id_ed25519 | tr "\n" " "'
        step link 'cat docs/example.txt'
        step secrets 'ls -A secrets && cat secrets/* 2>/dev/null; true'
        [ -z "$home" ] || step home 'ls -A "$home" >/dev/null && ls -Ai "$home" | head -n 50 | tr "\n" " "'
        step hook 'mkdir -p .git/hooks && echo "echo planted" > .git/hooks/pre-commit && chmod 755 .git/hooks/pre-commit'
        step host '/run/coop/coop guest-probe connect 127.0.0.1 "$port"'
        step network '/run/coop/coop guest-probe connect 192.0.2.1 443'
        step root 'sudo -n true; unshare -r true; echo "$(id -u) $(sed -n "s/^CapEff:[[:space:]]*//p" /proc/self/status)"'
        step before 'sh test.sh'
        sed 's/if .*; then/if [ $(($1 % 4)) -eq 0 ] \&\& [ $(($1 % 100)) -ne 0 ] || [ $(($1 % 400)) -eq 0 ]; then/' leap.sh > leap.new
        mv leap.new leap.sh
        step after 'sh test.sh'
        step commit 'git commit --quiet --all --message="Leave out most century years"'
        """;

    /// <summary>The box's command.</summary>
    /// <param name="port">Where the host listens on its loopback interface.</param>
    /// <param name="home">The user's home; null when it is not known.</param>
    public static IReadOnlyList<CString> Command(int port, string? home) =>
        CString.List(
            "sh",
            "-c",
            Text.Replace("/run/coop/coop guest-probe", $"{GuestProtocol.ProgramPath} {GuestProtocol.ProbeVerb}"),
            "agent",
            port.ToString(CultureInfo.InvariantCulture),
            home ?? ""
        );

    /// <summary>Reads what the script reported; lines of another form are not its own.</summary>
    public static IReadOnlyList<DemoAttempt> Parse(string output)
    {
        List<DemoAttempt> attempts = [];
        foreach (var line in output.Split('\n'))
        {
            if (
                line.Split(Separator, 4) is [StepWord, var id, var code, var said]
                && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            )
            {
                attempts.Add(new DemoAttempt(id, value, Coop.Terminal.PlainText.CleanLine(said).Trim()));
            }
        }

        return attempts;
    }
}
