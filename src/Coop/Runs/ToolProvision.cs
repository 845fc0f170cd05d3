using System.Collections.Concurrent;
using System.Text;
using Coop.Boxes;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Runs;

/// <summary>
/// Installs the tools of <c>.tool-versions</c> before the first box that wants them, in a box of its own that has the repository and the network and nothing of the user's.
/// One for all boxes of a Coop: it says nothing twice. Its methods may be called from any thread.
/// </summary>
internal sealed class ToolProvision(ITerminal terminal, TimeProvider time)
{
    private const int IsBaked = 96;
    private const int NoManager = 97;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    // An image that names a place of its own has its tools baked in: then the place is not ours, and there is nothing to do. mise reads the files itself; asdf wants its
    // plugins first.
    private const string Script = """
        exec 2>&1
        [ "$MISE_DATA_DIR" = "$0/mise" ] || exit 96
        if command -v mise >/dev/null; then exec mise install --yes; fi
        command -v asdf >/dev/null || exit 97
        for tool in "$@"; do asdf plugin list 2>/dev/null | grep -qx "$tool" || asdf plugin add "$tool" || exit; done
        exec asdf install
        """;

    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);

    /// <param name="capture">Runs a request without a word and returns what it printed.</param>
    /// <exception cref="UserError">The tools cannot be installed.</exception>
    public async Task EnsureAsync(
        BoxPlan plan,
        Func<BoxRequest, CancellationToken, Task<CapturedRun>> capture,
        CancellationToken cancellationToken
    )
    {
        if (plan.Tools is not { } tools)
        {
            return;
        }

        // Beside the directory that boxes write, where none of them reaches it.
        var place = Encoding.UTF8.GetString(tools.Directory.Bytes);
        var mark = place + ".done";
        var wanted = Digest.Of(Encoding.UTF8.GetBytes($"{plan.Image}\0{tools.Versions.Text}"));
        if (Mark(mark) == wanted)
        {
            return;
        }

        Directory.CreateDirectory(
            Path.GetDirectoryName(place)!,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        using var held = await LockAsync(place + ".lock", cancellationToken);
        if (Mark(mark) == wanted)
        {
            return;
        }

        // What there is to do only the box knows.
        SayOnce($"providing {tools.Versions.Text}");
        string[] names = [.. tools.Versions.Own.Concat(tools.Versions.Above).Select(line => line.Tool)];
        BoxRequest request = new(
            BoxRole.Provision,
            CString.List(["sh", "-c", Script, Formats.GuestProtocol.ToolsPlace, .. names]),
            null
        );
        var run = await capture(request, cancellationToken);
        if (run.ExitCode == NoManager)
        {
            // Asked again for the next box: the image can be built anew meanwhile.
            SayOnce("the box has neither mise nor asdf, so it goes without these tools: coop build brings mise");
            return;
        }

        if (run.ExitCode == IsBaked)
        {
            SayOnce("the image has tools of its own (it sets MISE_DATA_DIR), so nothing was installed");
        }
        else if (run.ExitCode != 0)
        {
            run.ShowEnd(terminal);
            throw new UserError(
                $"The tools of .tool-versions could not be installed (exit {run.ExitCode}); the last lines stand above.",
                "To go without them: COOP_NO_ASDF=1 coop …"
            );
        }

        AtomicFile.Write(mark, wanted);
    }

    private void SayOnce(string line)
    {
        if (told.TryAdd(line, true))
        {
            terminal.Say(line);
        }
    }

    private async Task<FileLock> LockAsync(string path, CancellationToken cancellationToken)
    {
        FileLock? held;
        for (var said = false; (held = FileLock.TryTake(path)) is null; said = true)
        {
            if (!said)
            {
                terminal.Say("waiting for another coop that installs the tools");
            }

            await Task.Delay(Wait, time, cancellationToken);
        }

        return held;
    }

    private static string? Mark(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
