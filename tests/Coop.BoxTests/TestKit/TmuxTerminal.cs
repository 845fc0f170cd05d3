using System.Globalization;
using Xunit;

namespace Coop.BoxTests.TestKit;

/// <summary>A real terminal with an interactive shell in it: tmux on a socket of its own.</summary>
internal sealed class TmuxTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TemporaryRepository repository;
    private readonly IReadOnlyDictionary<string, string> more;

    private TmuxTerminal(TemporaryRepository repository, IReadOnlyDictionary<string, string> more)
    {
        this.repository = repository;
        this.more = more;
    }

    /// <summary>Starts a shell with job control in the repository, as the rig's caller.</summary>
    /// <param name="more">Variables besides those of the repository.</param>
    public static async Task<TmuxTerminal> StartAsync(
        TemporaryRepository repository,
        int columns = 100,
        int rows = 30,
        IReadOnlyDictionary<string, string>? more = null
    )
    {
        var terminal = new TmuxTerminal(repository, more ?? new Dictionary<string, string>(StringComparer.Ordinal));
        await terminal.TmuxAsync(
            "new-session",
            "-d",
            "-x",
            columns.ToString(CultureInfo.InvariantCulture),
            "-y",
            rows.ToString(CultureInfo.InvariantCulture),
            // Without the profile of the account, whose prompt and aliases are not ours to know.
            "PS1='prompt> ' exec bash --norc --noprofile -i"
        );
        await terminal.WaitForAsync("prompt>");
        return terminal;
    }

    /// <summary>Types a line.</summary>
    public async Task TypeAsync(string line)
    {
        await TypeOnlyAsync(line);
        await PressAsync("Enter");
    }

    /// <summary>Types without the Enter behind it.</summary>
    public Task TypeOnlyAsync(string text) => TmuxAsync("send-keys", "-l", "--", text);

    /// <summary>Presses one key by tmux's name for it: C-c, C-z, Enter.</summary>
    public Task PressAsync(string key) => TmuxAsync("send-keys", key);

    public Task ResizeAsync(int columns, int rows) =>
        TmuxAsync(
            "resize-window",
            "-x",
            columns.ToString(CultureInfo.InvariantCulture),
            "-y",
            rows.ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>What the screen shows, wrapped lines joined.</summary>
    public async Task<string> ScreenAsync() => (await TmuxAsync("capture-pane", "-p", "-J")).Out;

    /// <summary>Waits until the last line ends so: the prompt of a shell that is not ours.</summary>
    public async Task WaitForLastLineAsync(string end)
    {
        var screen = "";
        await Eventually.TrueAsync(
            async () =>
            {
                screen = await ScreenAsync();
                return screen.TrimEnd().EndsWith(end, StringComparison.Ordinal);
            },
            Limit,
            () => $"'{end}' at the end of the screen:\n{screen}"
        );
    }

    /// <summary>Waits until the screen shows this text anywhere.</summary>
    public async Task WaitForTextAsync(string text)
    {
        var screen = "";
        await Eventually.TrueAsync(
            async () => (screen = await ScreenAsync()).Contains(text, StringComparison.Ordinal),
            Limit,
            () => $"'{text}' on the screen:\n{screen}"
        );
    }

    /// <summary>Waits until the screen shows this text at the beginning of a line, so that what was typed does not count.</summary>
    public async Task<string> WaitForAsync(string text)
    {
        var screen = "";
        await Eventually.TrueAsync(
            async () =>
            {
                screen = await ScreenAsync();
                return $"\n{screen}".Contains($"\n{text}", StringComparison.Ordinal);
            },
            Limit,
            () => $"'{text}' on the screen:\n{screen}"
        );
        return screen;
    }

    /// <summary>Closes the window under the shell and all that runs in it.</summary>
    public Task CloseAsync() => TmuxAsync("kill-session");

    public async ValueTask DisposeAsync()
    {
        await Client("kill-server").RunAsync();
    }

    private async Task<RunResult> TmuxAsync(params string[] words)
    {
        var result = await Client(words).RunAsync();
        Assert.True(result.ExitCode == 0, $"tmux {words[0]}: {result.Error}");
        return result;
    }

    private ProgramRun Client(params string[] words) =>
        new(repository.Rig.Account, ["tmux", "-S", Path.Combine(repository.HomeDirectory, "tmux"), "-f", "/dev/null", .. words])
        {
            Directory = repository.DirectoryPath,
            // tmux refuses a terminal of ASCII only, and gives the programs in it a TERM of its own.
            Variables = new Dictionary<string, string>(repository.Variables.Concat(more), StringComparer.Ordinal)
            {
                ["LC_ALL"] = "C.UTF-8",
                ["COOP"] = CoopUnderTest.ExecutablePath,
            },
        };
}
