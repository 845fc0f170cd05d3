using Coop.Configuration;
using Coop.Guest;
using Coop.Native;
using Coop.Storage;
using Coop.TestKit;
using CsCheck;
using Xunit;

namespace Coop.Boxes;

public class GuestCommandLineTests
{
    [Fact]
    public void An_engine_that_carries_bytes_gets_the_words_as_they_are()
    {
        var plan = SomePlan.On(EngineKind.Bubblewrap) with { HasTerminal = true };
        Assert.Equal(
            ["guest-init", "--line", "--terminal", "--processes", "4096", "--owned", SomeFacts.Root, "--", "make", "test"],
            Words(plan, carriesBytes: true, makesTerminal: true)
        );
    }

    [Fact]
    public void An_engine_that_maps_no_users_and_makes_the_terminal_needs_neither_word()
    {
        var plan = SomePlan.On(EngineKind.Docker) with { HasTerminal = true, LineDirectory = null };
        Assert.Equal(
            ["guest-init", "--owned", SomeFacts.Root, "--", "make", "test"],
            Words(plan, carriesBytes: false, makesTerminal: false)
        );
    }

    [Fact]
    public void Words_that_are_no_utf8_are_escaped_for_engines_that_store_text()
    {
        var plan = SomePlan.On(EngineKind.Docker) with { Command = [CString.From("a\\b"), CString.From([0xff])] };
        Assert.Equal(
            ["--escaped", "--", @"a\x5cb", @"\xff"],
            Words(plan, carriesBytes: false, makesTerminal: false).SkipWhile(word => word != "--escaped")
        );
    }

    [Fact]
    public void The_first_process_reads_back_what_the_plan_says() =>
        Gen.Select(Gen.Byte[1, 255].Array[0, 12].Array[1, 5], Gen.Byte[1, 255].Array[1, 12], Gen.Bool)
            .Sample(
                (command, repository, carriesBytes) =>
                {
                    var plan = SomePlan.On(EngineKind.Podman) with
                    {
                        Command = [.. command.Select(word => CString.From(word))],
                        Repository = BytePath.From(repository),
                    };
                    var words = GuestCommandLine.For(plan, carriesBytes, makesTerminal: true);
                    Assert.True(carriesBytes || words.All(word => word.IsUtf8));
                    var read = InitOptions.Parse([.. words.Skip(1)]);
                    Assert.Equal(plan.Command, read.Command);
                    Assert.Equal(CString.From(plan.Repository.Bytes), read.OwnedPath);
                    Assert.Equal((true, false, (int?)4096), (read.HasLine, read.MakesTerminal, read.Processes));
                },
                iter: 500
            );

    private static IEnumerable<string> Words(BoxPlan plan, bool carriesBytes, bool makesTerminal) =>
        GuestCommandLine.For(plan, carriesBytes, makesTerminal).Select(word => word.ToString());
}
