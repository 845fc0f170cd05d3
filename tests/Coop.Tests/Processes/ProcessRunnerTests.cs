using System.Text;
using Coop.Native;
using Coop.TestKit;
using Xunit;

namespace Coop.Processes;

public class ProcessRunnerTests
{
    private readonly ProcessRunner runner = new(CString.List($"PATH={Environment.GetEnvironmentVariable("PATH")}", "OWN=1"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Arguments_are_passed_byte_for_byte()
    {
        byte[] odd = [0xff, (byte)' ', (byte)'\n', (byte)'"', (byte)'\\', 0xc3, 0xa9];
        var result = await runner.CaptureAsync(
            new ProcessSpec(CString.From("printf"), [CString.From("%s|"), CString.From(odd), CString.From("")]),
            Token
        );
        Assert.Equal([.. odd, (byte)'|', (byte)'|'], result.Output.ToArray());
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -TERM $$", 143)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("kill -INT $$", 130)]
    public async Task The_exit_code_is_the_programs_own_or_128_and_the_signal(string script, int expected) =>
        Assert.Equal(expected, (await Sh(script)).ExitCode);

    [Fact]
    public async Task Both_outputs_are_collected_however_much_they_hold()
    {
        var result = await Sh("head -c 300000 /dev/zero | tr '\\0' e >&2; head -c 300000 /dev/zero | tr '\\0' o");
        Assert.Equal((300_000, 300_000), (result.Output.Length, result.ErrorOutput.Length));
        Assert.Equal(((byte)'o', (byte)'e'), (result.Output.Span[^1], result.ErrorOutput.Span[0]));
    }

    [Fact]
    public async Task Standard_input_is_empty() => Assert.Equal("0", (await Sh("wc -c")).OutputText.Trim());

    [Fact]
    public async Task Texts_lose_their_last_newline()
    {
        var result = await Sh("echo out; echo err >&2");
        Assert.Equal(("out", "err"), (result.OutputText, result.ErrorText));
    }

    [Theory]
    [InlineData("/nonexistent/program", Errno.ENOENT)]
    [InlineData("/etc/passwd", Errno.EACCES)]
    public async Task A_program_that_cannot_be_started_is_named(string program, int errno)
    {
        var error = await Assert.ThrowsAsync<ProgramNotFoundException>(() =>
            runner.CaptureAsync(new ProcessSpec(program), Token)
        );
        Assert.Equal((program, errno), (error.Program, error.ErrorNumber));
    }

    [Fact]
    public async Task A_name_that_is_not_on_the_path_is_named_too()
    {
        // ENOENT, or EACCES where a directory of PATH may not be entered.
        var error = await Assert.ThrowsAsync<ProgramNotFoundException>(() =>
            runner.CaptureAsync(new ProcessSpec("no-such-program-of-coops"), Token)
        );
        Assert.Equal("no-such-program-of-coops", error.Program);
    }

    [Fact]
    public async Task More_words_than_the_kernel_takes_are_told_apart()
    {
        var error = await Assert.ThrowsAsync<ProgramNotFoundException>(() =>
            runner.CaptureAsync(new ProcessSpec("true", new string('x', 200_000)), Token)
        );
        Assert.Equal(Errno.E2BIG, error.ErrorNumber);
    }

    [Fact]
    public async Task Environment_and_directory_are_the_specs_or_the_runners()
    {
        Assert.Equal("1", (await Sh("echo \"$OWN\"")).OutputText);
        ProcessSpec spec = new("/bin/sh", "-c", "echo \"$OWN$OTHER\"; pwd")
        {
            Environment = CString.List("OTHER=2"),
            Directory = CString.From("/usr"),
        };
        Assert.Equal("2\n/usr", (await runner.CaptureAsync(spec, Token)).OutputText);
    }

    [Fact]
    public async Task The_program_can_be_told_another_name()
    {
        ProcessSpec spec = new("/bin/sh", "-c", "cat /proc/$$/cmdline") { OwnName = CString.From("other") };
        Assert.StartsWith("other\0-c\0", (await runner.CaptureAsync(spec, Token)).OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_program_is_killed_and_waited_for()
    {
        using CancellationTokenSource cancel = new();
        using TemporaryDirectory directory = new();
        var pidPath = directory.PathOf("pid");
        var capture = runner.CaptureAsync(
            new ProcessSpec("sh", "-c", "echo $$ > \"$1.new\"; mv \"$1.new\" \"$1\"; exec sleep 1000", "sh", pidPath),
            cancel.Token
        );
        while (!File.Exists(pidPath))
        {
            Token.ThrowIfCancellationRequested();
            await Task.Delay(5, Token);
        }

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => capture);
        Assert.False(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(pidPath, Token)).Trim()}"));
    }

    [Fact]
    public async Task What_a_cancelled_program_started_does_not_hold_the_answer_back()
    {
        using CancellationTokenSource cancel = new();
        using TemporaryDirectory directory = new();
        var pidPath = directory.PathOf("pid");
        var capture = runner.CaptureAsync(
            new ProcessSpec("sh", "-c", "sleep 1000 & echo $! > \"$1.new\"; mv \"$1.new\" \"$1\"; wait", "sh", pidPath),
            cancel.Token
        );
        while (!File.Exists(pidPath))
        {
            Token.ThrowIfCancellationRequested();
            await Task.Delay(5, Token);
        }

        await cancel.CancelAsync();
        var ended = await Task.WhenAny(capture, Task.Delay(TimeSpan.FromSeconds(20), Token)) == capture;
        using var holder = System.Diagnostics.Process.GetProcessById(
            int.Parse(await File.ReadAllTextAsync(pidPath, Token), System.Globalization.CultureInfo.InvariantCulture)
        );
        holder.Kill();
        Assert.True(ended, "The answer waited for a process that the cancelled program had left.");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => capture);
    }

    [Fact]
    public async Task A_program_that_was_cancelled_before_it_began_ends_too()
    {
        using CancellationTokenSource cancel = new();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            runner.CaptureAsync(new ProcessSpec("sleep", "1000"), cancel.Token)
        );
    }

    [Fact]
    public async Task A_child_starts_with_the_signals_a_shell_would_give_it()
    {
        // SigIgn and SigBlk of /proc/self/status: bit n-1 for signal n. SIGPIPE is 13.
        var status = (
            await runner.CaptureAsync(new ProcessSpec("grep", "-E", "^Sig(Ign|Blk)", "/proc/self/status"), Token)
        ).OutputText;
        var masks = status
            .Split('\n')
            .ToDictionary(line => line[..6], line => Convert.ToUInt64(line[8..].Trim(), 16), StringComparer.Ordinal);
        Assert.Equal(0ul, masks["SigIgn"] & (1ul << 12));
        Assert.Equal(0ul, masks["SigBlk"]);
    }

    [Fact]
    public async Task A_broken_pipe_ends_a_child_quietly() =>
        Assert.Equal(
            "y\n141",
            (await runner.CaptureAsync(new ProcessSpec("bash", "-c", "yes | head -n 1; echo ${PIPESTATUS[0]}"), Token)).OutputText
        );

    [Fact]
    public async Task Nothing_else_that_this_process_opened_is_inherited()
    {
        using var open = File.OpenHandle("/etc/passwd");
        var (read, write) = Descriptor.Pipe();
        var inherited = (await runner.CaptureAsync(new ProcessSpec("ls", "/proc/self/fd"), Token)).OutputText.Split('\n');
        Assert.Equal([], inherited.Intersect([$"{open.DangerousGetHandle()}", $"{read}", $"{write}"]));
        _ = Unistd.close(read);
        _ = Unistd.close(write);
    }

    [Fact]
    public void Descriptors_are_passed_under_numbers_that_collide_with_our_own()
    {
        var (firstRead, firstWrite) = Descriptor.Pipe();
        var (secondRead, secondWrite) = Descriptor.Pipe();

        // Each one's number in the child is the other one's here.
        ProcessSpec spec = new("bash", "-c", $"echo first >&{secondWrite}; echo second >&{firstWrite}")
        {
            Descriptors = [new(firstWrite, secondWrite), new(secondWrite, firstWrite)],
        };
        using (var child = runner.Start(spec))
        {
            Assert.Equal(0, child.WaitForExit());
        }

        _ = Unistd.close(firstWrite);
        _ = Unistd.close(secondWrite);
        Assert.Equal(("first\n", "second\n"), (ReadAll(firstRead), ReadAll(secondRead)));
    }

    [Fact]
    public void A_started_program_tells_its_end_through_a_descriptor_and_takes_signals()
    {
        using var child = runner.Start(new ProcessSpec("sleep", "1000") { OwnGroup = true });
        Assert.False(child.WaitForExit(TimeSpan.Zero));
        Assert.Equal($"{child.ProcessId}", GroupOf(child.ProcessId));
        child.Signal(Signals.SIGTERM);
        Span<PollEntry> entries = [new(child.EndedDescriptor, Poll.POLLIN)];
        Assert.Equal(1, Poll.Wait(entries, 20_000));
        Assert.Equal(143, child.WaitForExit());
        Assert.True(child.WaitForExit(TimeSpan.Zero));
        child.Signal(Signals.SIGKILL);
    }

    private static string GroupOf(int process) => File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ')[2];

    private static string ReadAll(int descriptor)
    {
        var buffer = new byte[100];
        var count = Descriptor.Read(descriptor, buffer);
        _ = Unistd.close(descriptor);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    private Task<ProcessResult> Sh(string script) => runner.CaptureAsync(new ProcessSpec("sh", "-c", script), Token);
}
