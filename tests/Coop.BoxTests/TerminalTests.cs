using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>A person at a real terminal.</summary>
public class TerminalTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_command_has_a_terminal_of_the_window_s_size(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var terminal = await TmuxTerminal.StartAsync(repository, 93, 27);
        // Docker sets the size a moment after the start.
        const string Script =
            "test -t 0 && test -t 1 && test -t 2 && until [ \"$(stty size)\" = \"27 93\" ]; do sleep 0.1; done; echo sized; echo term=$TERM";
        await terminal.TypeAsync($"$COOP run -- sh -c '{Script}'");
        await terminal.WaitForAsync("sized");
        var screen = await terminal.WaitForAsync("term=");
        Assert.DoesNotContain("term=\n", screen, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_new_window_size_reaches_the_command(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var terminal = await TmuxTerminal.StartAsync(repository, 100, 30);
        await terminal.TypeAsync(
            "$COOP run -- bash -c 'trap \"echo size \\$(stty size)\" WINCH; echo ready; while :; do sleep 0.1; done'"
        );
        await terminal.WaitForAsync("ready");
        await terminal.ResizeAsync(81, 25);
        await terminal.WaitForAsync("size 25 81");
        await terminal.PressAsync("C-c");
        await terminal.WaitForAsync("prompt>");
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Ctrl_C_reaches_the_command_and_its_exit_code_comes_back(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var terminal = await TmuxTerminal.StartAsync(repository);
        await terminal.TypeAsync(
            "$COOP run -- sh -c 'trap \"echo caught; exit 9\" INT; echo ready; while :; do sleep 0.1; done'; echo code=$?"
        );
        await terminal.WaitForAsync("ready");
        await terminal.PressAsync("C-c");
        var screen = await terminal.WaitForAsync("code=9");
        Assert.Contains("caught", screen, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Ctrl_C_does_not_end_a_program_that_outlives_it(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var terminal = await TmuxTerminal.StartAsync(repository);
        await terminal.TypeAsync("$COOP run -- /usr/bin/python3 -i; echo code=$?");
        await terminal.WaitForAsync(">>> ");
        await terminal.PressAsync("C-c");
        await terminal.WaitForAsync("KeyboardInterrupt");

        // What is typed before the program is back at its prompt would be thrown away with the key.
        await terminal.TypeAsync("print('once', 7 * 7)");
        await terminal.WaitForAsync("once 49");
        await terminal.PressAsync("C-c");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await terminal.TypeAsync("print('still', 6 * 7)");
        await terminal.WaitForAsync("still 42");
        await terminal.TypeAsync("exit(5)");
        await terminal.WaitForAsync("code=5");
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Ctrl_Z_stops_the_box_and_fg_goes_on(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var terminal = await TmuxTerminal.StartAsync(repository);
        await terminal.TypeAsync(
            "$COOP run -- sh -c 'echo ready; n=0; while [ ! -e stop ]; do n=$((n+1)); echo $n > count; sleep 0.1; done; echo; echo ended; exit 4'; echo code=$?"
        );
        await terminal.WaitForAsync("ready");
        await terminal.PressAsync("C-z");
        await terminal.WaitForAsync("[1]+  Stopped");
        await terminal.WaitForAsync("code=");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        var stopped = await CountAsync(repository);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(stopped, await CountAsync(repository));
        await terminal.TypeAsync("fg; echo after=$?");
        await Eventually.TrueAsync(
            async () => await CountAsync(repository) != stopped,
            TimeSpan.FromSeconds(10),
            () => "the box goes on"
        );
        await repository.WriteAsync("stop", "");
        await terminal.WaitForAsync("ended");
        await terminal.WaitForAsync("after=4");
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_closed_window_ends_the_box(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var terminal = await TmuxTerminal.StartAsync(repository);
        var marker = HostProcesses.NewMarker();
        await terminal.TypeAsync($"$COOP run -- sh -c 'echo ready; exec sleep {marker}'");
        await terminal.WaitForAsync("ready");
        await terminal.CloseAsync();
        await Eventually.TrueAsync(
            () => HostProcesses.With(marker).Count == 0,
            TimeSpan.FromSeconds(8),
            () => "the end of the box"
        );
        await Eventually.TrueAsync(
            async () => (await repository.ContainersAsync()).Count == 0,
            TimeSpan.FromSeconds(8),
            () => "the end of the container"
        );
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_terminal_is_as_before_when_the_box_has_ended(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var terminal = await TmuxTerminal.StartAsync(repository);
        await terminal.TypeAsync(
            "before=$(stty -g); $COOP run -- sh -c 'stty raw -echo; exit 3'; echo code=$?; [ \"$before\" = \"$(stty -g)\" ] && echo same"
        );
        await terminal.WaitForAsync("code=3");
        await terminal.WaitForAsync("same");
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_shell_is_interactive(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var terminal = await TmuxTerminal.StartAsync(repository);
        await terminal.TypeAsync("$COOP shell; echo code=$?");
        await terminal.WaitForLastLineAsync("$");
        await terminal.TypeAsync("echo in=$(pwd) flags=$-");
        await terminal.WaitForAsync($"in={repository.DirectoryPath} flags=");
        await terminal.TypeAsync("exit 6");
        await terminal.WaitForAsync("code=6");
    }

    private static async Task<string> CountAsync(TemporaryRepository repository) =>
        (await File.ReadAllTextAsync(repository.PathOf("count"), TestContext.Current.CancellationToken)).Trim();
}
