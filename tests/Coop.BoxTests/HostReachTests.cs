using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>What of the host's files and processes a box could reach: nothing but the repository.</summary>
public class HostReachTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Nothing_of_the_home_is_there(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        Directory.CreateDirectory(Path.Combine(repository.HomeDirectory, ".ssh"));
        foreach (var name in new[] { ".ssh/id_ed25519", ".netrc", ".bash_history", "notes.txt" })
        {
            await File.WriteAllTextAsync(
                Path.Combine(repository.HomeDirectory, name),
                "marked-value\n",
                TestContext.Current.CancellationToken
            );
        }
        var home = repository.HomeDirectory;
        const string Script = """
            for place in "$1" "$HOME" ~; do
              cat "$place/.ssh/id_ed25519" "$place/.netrc" "$place/.bash_history" "$place/notes.txt"
            done
            ls -d "$1" && echo "SEEN $1"
            ls -A /root && echo "SEEN /root"
            true
            """;
        var result = (
            await repository.Coop("run", "--", "sh", "-c", $"({Script}) 2>/dev/null", "sh", home).RunAsync()
        ).Succeeded();
        Assert.DoesNotContain("marked-value", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain($"SEEN {home}", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Beside_the_repository_there_is_nothing(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var other = Path.Combine(repository.RootDirectory, "other-project");
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(Path.Combine(other, "file"), "text", TestContext.Current.CancellationToken);
        var result = (await repository.Shell("ls -A ..; ls -A ../..").RunAsync()).Succeeded();
        Assert.Equal([Path.GetFileName(repository.DirectoryPath), Path.GetFileName(repository.RootDirectory)], result.Lines);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task No_engine_socket_and_no_disk_is_there(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        const string Script = """
            find /run /var/run /tmp /var/tmp -type s -not -path '/run/coop/*' 2>/dev/null
            for path in /var/run/docker.sock /run/podman/podman.sock /run/containerd/containerd.sock; do
              [ -e $path ] && echo $path
            done
            for device in /dev/sda /dev/vda /dev/mem /dev/kmsg /dev/fuse /dev/net/tun; do
              (: < $device) 2>/dev/null && echo $device
            done
            true
            """;
        Assert.Equal("", (await repository.Shell(Script).RunAsync()).Succeeded().Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Processes_of_the_host_are_out_of_sight(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var marker = HostProcesses.NewMarker();
        await using var outside = new ProgramRun(Account.Current, ["sleep", marker]) { Variables = repository.Variables }.Start();
        var result = (
            await repository.Shell("cat /proc/[0-9]*/cmdline | tr '\\0' ' '; echo; ls -d /proc/[0-9]* | wc -l").RunAsync()
        ).Succeeded();
        Assert.DoesNotContain(marker, result.Out, StringComparison.Ordinal);
        Assert.InRange(int.Parse(result.Lines[^1], System.Globalization.CultureInfo.InvariantCulture), 1, 10);
    }
}
