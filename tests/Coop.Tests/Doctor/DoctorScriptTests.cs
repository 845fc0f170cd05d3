using System.Diagnostics;
using Xunit;

namespace Coop.Doctor;

public class DoctorScriptTests
{
    private static readonly DoctorScript Script = new("@@boundary");

    private static readonly IDoctorCheck[] Every =
    [
        new HiddenFilesCheck(),
        new HomeCheck(),
        new NetworkCheck(),
        new PrivilegeCheck(),
        new OwnershipCheck(),
        new GitCheck(),
        new MaskStrengthCheck(),
    ];

    [Fact]
    public void The_whole_attack_is_a_valid_script()
    {
        var words = Words(Every);
        Assert.Equal("", Run("sh", "-n", "-c", words[2]));
    }

    [Fact]
    public void No_section_and_no_promise_has_the_name_of_another()
    {
        Assert.Distinct(Every.Select(check => check.Name));
        Assert.Distinct(Every.SelectMany(check => check.Promises).Select(promise => promise.Id));
        Assert.Distinct(Every.SelectMany(check => check.Promises).Select(promise => promise.Text));
    }

    [Fact]
    public void Each_attack_has_a_section_and_none_can_end_the_others()
    {
        IDoctorCheck[] checks =
        [
            new Attack("one", "echo a; exit 3"),
            new Attack("two", "cd /nowhere\necho b >&2"),
            new Attack("three", "cat"),
        ];
        var words = Words(checks);
        var sections = Script.Parse(Run(words[0], words[1..]), out var ranToTheEnd);
        Assert.True(ranToTheEnd);
        Assert.Equal("a\n", sections["one"]);
        Assert.EndsWith("b\n", sections["two"], StringComparison.Ordinal);
        Assert.Equal("", sections["three"].Trim());
    }

    [Fact]
    public void An_attack_that_ends_the_script_is_noticed()
    {
        var words = Words([new Attack("one", "echo a; kill -KILL $$"), new Attack("two", "echo b")]);
        var sections = Script.Parse(Run(words[0], words[1..]), out var ranToTheEnd);
        Assert.False(ranToTheEnd);
        Assert.Equal(["one"], sections.Keys);
    }

    private static string[] Words(IDoctorCheck[] checks) =>
        [.. Script.Command(checks, new DoctorPlants(), "/home/ada", "/outside", 80, "socket").Select(word => word.ToString())];

    private static string Run(string program, params string[] words)
    {
        ProcessStartInfo start = new(program, words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private sealed class Attack(string name, string script) : IDoctorCheck
    {
        public string Name => name;

        public IReadOnlyList<Promise> Promises => [];

        string IDoctorCheck.Attack(DoctorPlants plants) => script;

        public IEnumerable<CheckResult> Judge(DoctorEvidence evidence) => [];
    }
}
