using System.Net.Sockets;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>Odd things that lie in a working tree, and odd names of it.</summary>
public class TreeTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_git_directory_behind_a_link_out_of_the_tree_works(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        Directory.Move(repository.PathOf(".git"), Path.Combine(repository.RootDirectory, "store"));
        File.CreateSymbolicLink(repository.PathOf(".git"), "../store");
        const string Script = "git commit --quiet --allow-empty --message=second && git log --format=%s";
        Assert.Equal(["second", "first"], (await repository.Shell(Script).RunAsync()).Succeeded().Lines);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_git_directory_of_another_tree_gets_no_box(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var other = Path.Combine(repository.RootDirectory, "home", "other");
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(
            Path.Combine(other, ".git"),
            "gitdir: ../../project/.git\n",
            TestContext.Current.CancellationToken
        );
        var result = (await repository.Shell("true").In(other).RunAsync()).Ended(2);
        Assert.Contains("does not say that it belongs to this directory", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_rule_file_cannot_be_changed_or_moved_in_the_box(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await repository.WriteAsync(".coopignore", "plan.txt\n");
        await repository.WriteAsync("src/.coopignore", "other.txt\n");
        const string Script = """
            for file in .coopignore src/.coopignore; do
                (echo > "$file") 2>/dev/null || echo kept
                mv "$file" moved 2>/dev/null || echo kept
                rm -f "$file" 2>/dev/null || echo kept
                cat "$file"
            done
            """;
        var result = (await repository.Shell(Script).RunAsync()).Succeeded();
        Assert.Equal(["kept", "kept", "kept", "plan.txt", "kept", "kept", "kept", "other.txt"], result.Lines);
        Assert.Equal(
            "plan.txt\n",
            await File.ReadAllTextAsync(repository.PathOf(".coopignore"), TestContext.Current.CancellationToken)
        );
    }

    public static TheoryData<BoxRig, string> RigsAndNames =>
        BoxRigs.With("two words", "a,b", "say \"hello\"", "it's", "-dash", "ünïcode", "a=b", "$HOME", "back\\slash", "a:b");

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_socket_of_the_tree_is_covered(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(repository.PathOf("agent.sock")));
        listener.Listen(1);
        File.SetUnixFileMode(repository.PathOf("agent.sock"), (UnixFileMode)Convert.ToInt32("777", 8));
        const string Program = """
            import socket
            try:
                socket.socket(socket.AF_UNIX).connect("agent.sock")
                print("reached")
            except OSError:
                print("refused")
            """;
        Assert.Equal("refused\n", (await repository.Python(Program).RunAsync()).Succeeded().Out);
        (await repository.Shell("test ! -S agent.sock").RunAsync()).Succeeded();
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_pipe_of_the_tree_is_covered(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        Directory.CreateDirectory(repository.PathOf("deep/er"));
        foreach (var name in new[] { "pipe", "deep/er/pipe" })
        {
            (await Host(repository, "mkfifo", "-m", "666", repository.PathOf(name)).RunAsync()).Succeeded();
        }
        (await repository.Shell("test ! -p pipe && test ! -p deep/er/pipe").RunAsync()).Succeeded();
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_device_of_the_tree_is_covered(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        Assert.SkipUnless(Account.Current.Uid == 0, "Only root can make a device.");
        (await Host(repository, "mknod", "-m", "666", repository.PathOf("device"), "c", "1", "5").RunAsync()).Succeeded();
        (await repository.Shell("test ! -c device && ! head -c 1 device | grep -q .").RunAsync()).Succeeded();
    }

    [Theory]
    [MemberData(nameof(RigsAndNames))]
    public async Task A_name_works_or_is_refused_in_one_sentence(BoxRig rig, string name)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, name: name);
        var result = await repository.Shell("pwd; cat README.md; echo text > made").RunAsync();
        if (result.ExitCode == 0)
        {
            Assert.Equal([repository.DirectoryPath, "hello"], result.Lines);
            Assert.True(File.Exists(repository.PathOf("made")));
            return;
        }
        Assert.InRange(result.ExitCode, 1, 2);
        Assert.Equal("", result.Out);
        Assert.StartsWith("coop:", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(repository.PathOf("made")));
        Assert.Empty(await repository.ContainersAsync());
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_directory_without_git_is_a_box_of_its_own(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        Directory.Delete(repository.PathOf(".git"), recursive: true);
        var result = (await repository.Shell("pwd; ls -A").RunAsync()).Succeeded();
        Assert.Equal(repository.DirectoryPath, result.Lines[0]);
        Assert.Contains("README.md", result.Lines, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_home_and_the_root_directory_are_refused(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        foreach (var directory in new[] { repository.HomeDirectory, "/" })
        {
            var result = await repository.Shell("echo ran").In(directory).RunAsync();
            Assert.InRange(result.ExitCode, 1, 2);
            Assert.Equal("", result.Out);
            Assert.StartsWith("coop:", result.Error, StringComparison.Ordinal);
        }
    }

    private static ProgramRun Host(TemporaryRepository repository, params string[] words) =>
        new(Account.Current, words) { Variables = repository.Rig.EngineVariables };
}
