using Coop.TestKit;
using Xunit;

namespace Coop.Doctor;

public class HomeCheckTests
{
    private static readonly DoctorPlants Plants = new();
    private static readonly HomeCheck Check = new();

    private static readonly string[] Good =
    [
        "home 1 .bashrc",
        "home 2 Documents",
        "beside project",
        "cat: /outside: No such file or directory",
        "process /proc/1",
        "space pid:[2]",
        "variable PATH=/usr/bin",
        "variable FROM_IMAGE=1",
        "variable HOME=/home/node",
    ];

    [Fact]
    public void A_box_with_a_home_processes_and_variables_of_its_own_holds() =>
        Assert.Equal("Held Held Held Held Held Held", Check.Outcomes(SomeEvidence.Saying(Check, Plants, Good)));

    [Theory]
    [InlineData("home 4711 Documents", "home", "it holds Documents")]
    [InlineData("beside home", "beside", "it holds home")]
    [InlineData("socket /run/docker.sock", "engine-sockets", "/run/docker.sock is there")]
    [InlineData("device /dev/mem", "devices", "/dev/mem can be opened")]
    [InlineData("variable TOKEN=abc", "variables", "TOKEN is there")]
    public void What_is_of_the_host_is_named(string line, string id, string seen)
    {
        var bad = Check.TheBadOne(SomeEvidence.Saying(Check, Plants, [.. Good, line]));
        Assert.Equal((id, CheckOutcome.Failed, seen), (bad.Id, bad.Outcome, bad.Proof));
    }

    [Fact]
    public void A_file_beside_the_project_is_known_by_its_mark() =>
        Assert.Equal("beside", Check.TheBadOne(SomeEvidence.Saying(Check, Plants, [.. Good, Plants.Outside.Content])).Id);

    [Theory]
    [InlineData("space pid:[1]", CheckOutcome.Failed)]
    [InlineData("space ", CheckOutcome.NotProved)]
    public void The_space_of_process_numbers_must_be_another(string line, object outcome)
    {
        string[] lines = [.. Good.Where(good => !good.StartsWith("space", StringComparison.Ordinal)), line];
        var bad = Check.TheBadOne(SomeEvidence.Saying(Check, Plants, lines));
        Assert.Equal(("processes", outcome), (bad.Id, bad.Outcome));
    }
}
