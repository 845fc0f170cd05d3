using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class ExitCodeTests
{
    public static TheoryData<BoxRig, int> RigsAndCodes => BoxRigs.With(0, 1, 2, 37, 130, 255);

    [Theory]
    [MemberData(nameof(RigsAndCodes))]
    public async Task The_exit_code_of_the_command_comes_back(BoxRig rig, int code)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        (await repository.Shell($"exit {code}").RunAsync()).Ended(code);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_command_that_a_signal_ended_comes_back_as_128_and_its_number(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        (await repository.Shell("kill -TERM $$").RunAsync()).Ended(143);
        (await repository.Shell("kill -KILL $$").RunAsync()).Ended(137);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_command_that_does_not_exist_fails_and_is_named(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var result = await repository.Coop("run", "--", "no-such-command-here").RunAsync();
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("no-such-command-here", result.Error, StringComparison.Ordinal);
    }
}
