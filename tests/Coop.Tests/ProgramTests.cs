using System.Diagnostics;
using Coop.TestKit;
using Xunit;

namespace Coop;

/// <summary>The program as a process of its own, as a shell starts it.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task An_engine_gets_nothing_that_coop_was_started_with_but_the_standard_streams()
    {
        var seen = repository.PathOf("seen");
        repository.Write("bin/docker", $"#!/bin/sh\nls /proc/self/fd > '{seen}'\n");
        File.SetUnixFileMode(repository.PathOf("bin/docker"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await RunAsync("exec 7</ 8</etc/passwd 19>&1; exec \"$0\" run -- true");

        // The fourth is the directory that ls itself reads.
        Assert.Equal("0\n1\n2\n3\n", await File.ReadAllTextAsync(seen, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Words_that_are_no_text_reach_the_plan_byte_for_byte()
    {
        var (exitCode, output) = await RunAsync("exec \"$0\" run --dry-run -- printf \"$(printf '\\377')\"");
        Assert.Equal(0, exitCode);
        Assert.EndsWith("-- printf '\\xff'\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exec \"$0\" version <&-", 0)]
    [InlineData("exec \"$0\" version 2>&-", 0)]
    [InlineData("exec \"$0\" version >&-", 1)]
    [InlineData("exec \"$0\" version >/dev/full", 1)]
    [InlineData("mkfifo p; exec 3<>p 4>p 3<&-; exec \"$0\" help >&4", 1)]
    public async Task A_closed_stream_is_no_crash(string script, int expected) =>
        Assert.Equal(expected, (await RunAsync(script)).ExitCode);

    private async Task<(int ExitCode, string Output)> RunAsync(string script)
    {
        ProcessStartInfo start = new("bash", ["-c", script, Path.Combine(AppContext.BaseDirectory, "coop")])
        {
            WorkingDirectory = repository.PathOf("project"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = $"{repository.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = repository.Home;
        start.Environment["COOP_RUNTIME"] = "docker";
        start.Environment["DOTNET_ROOT"] =
            Environment.GetEnvironmentVariable("DOTNET_ROOT")
            ?? Path.GetFullPath(
                Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../..")
            );
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
