using Coop.TestKit;
using Xunit;

namespace Coop.Doctor;

public class HiddenFilesCheckTests
{
    private const string AllHeld = "Held Held Held Held Held Held Held Held";

    private static readonly DoctorPlants Plants = new();
    private static readonly HiddenFilesCheck Check = new();

    private static string[] Good => ["visible:", $"PASSWORD={Plants.VisibleMark}", $"ssh-ed25519 {Plants.VisibleMark}"];

    [Fact]
    public void A_box_that_shows_no_mark_holds() => Assert.Equal(AllHeld, Check.Outcomes(Evidence()));

    [Theory]
    [InlineData("config/Server.PEM", "secret-names")]
    [InlineData("deploy/.aws/config", "secret-directories")]
    [InlineData("vault/a.dat", "coopignore")]
    [InlineData("plain/settings.txt", "secret-links")]
    [InlineData("config/.env.tracked", "secret-tracked")]
    public void A_mark_in_the_output_fails_the_promise_of_its_form(string path, string id)
    {
        var bad = Check.TheBadOne(Evidence(Plants.All.Single(secret => secret.Path == path).Content));
        Assert.Equal((id, CheckOutcome.Failed, $"the box read {path}"), (bad.Id, bad.Outcome, bad.Proof));
        Assert.NotNull(bad.Advice);
    }

    [Fact]
    public void A_shared_secret_fails_for_each_of_its_names() =>
        Assert.Equal(
            ["secret-names", "secret-hard-links", "secret-links"],
            Check
                .Judge(Evidence(Plants.Shared.Content))
                .Where(result => result.Outcome == CheckOutcome.Failed)
                .Select(result => result.Id)
        );

    [Fact]
    public void A_pipe_that_reaches_the_host_is_told_by_the_host() =>
        Assert.Equal(
            "special-files",
            Check.TheBadOne(Evidence() with { Host = SomeEvidence.GoodHost with { PipeWasWritten = true } }).Id
        );

    [Fact]
    public void A_hidden_template_fails() =>
        Assert.Equal("templates", Check.TheBadOne(SomeEvidence.Saying(Check, Plants, Good[..2])).Id);

    [Fact]
    public void A_box_that_could_read_nothing_proves_nothing() =>
        Assert.Equal(
            "NotProved NotProved NotProved NotProved NotProved Held NotProved Failed",
            Check.Outcomes(Evidence() with { Sections = new Dictionary<string, string>(StringComparer.Ordinal) })
        );

    private static DoctorEvidence Evidence(params string[] more) => SomeEvidence.Saying(Check, Plants, [.. Good, .. more]);
}
