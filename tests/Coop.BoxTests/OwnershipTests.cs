using System.Globalization;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class OwnershipTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task The_uid_in_the_box_is_never_0(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, owner);
        var ids = (await repository.Shell("id -u; id -ru; id -g; id -G | tr ' ' '\\n'").RunAsync()).Succeeded().Lines;
        Assert.DoesNotContain("0", ids, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task The_process_is_not_root_of_the_host(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, owner);
        var marker = HostProcesses.NewMarker();
        await using var box = repository.Shell($"echo ready; exec sleep {marker}").Start();
        await box.WaitForOutAsync("ready", TimeSpan.FromSeconds(30));
        int[] sleepers = [];
        await Eventually.TrueAsync(
            () => (sleepers = [.. HostProcesses.With(marker).Where(id => NameOf(id) == "sleep")]).Length > 0,
            TimeSpan.FromSeconds(10),
            () => $"a process 'sleep {marker}'"
        );
        Assert.All(sleepers, id => Assert.NotEqual(0, UidOf(id)));
        box.Signal(HostSignal.Terminate);
        await box.WaitAsync(TimeSpan.FromSeconds(15));
    }

    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task Files_made_in_the_box_belong_to_the_owner_of_the_repository(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, owner);
        (await repository.Shell("mkdir made && echo text > made/file && ln -s file made/link").RunAsync()).Succeeded();
        foreach (var name in new[] { "made", "made/file", "made/link" })
        {
            Assert.Equal(repository.OwnerUid, await repository.OwnerOfAsync(name));
        }
    }

    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task Files_of_the_repository_are_the_box_user_s_own(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, owner);
        await repository.WriteAsync("private", "only its owner reads this\n");
        File.SetUnixFileMode(repository.PathOf("private"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var result = (
            await repository.Shell("test -O README.md && cat private && chmod 755 private && rm README.md").RunAsync()
        ).Succeeded();
        Assert.Equal("only its owner reads this\n", result.Out);
        Assert.False(File.Exists(repository.PathOf("README.md")));
        Assert.True(File.GetUnixFileMode(repository.PathOf("private")).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal(repository.OwnerUid, await repository.OwnerOfAsync("private"));
    }

    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task The_box_knows_its_user_by_name_and_home(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, owner);
        const string Script = """
            set -e
            id -un
            id -gn
            printf '%s\n' "$HOME"
            getent passwd "$(id -u)" | cut -d: -f6
            cd && echo text > file && rm file
            """;
        var lines = (await repository.Shell(Script).RunAsync()).Succeeded().Lines;
        Assert.Equal(4, lines.Count);
        Assert.Equal("/home/node", lines[2]);
        Assert.Equal("/home/node", lines[3]);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_file_that_only_others_of_the_host_may_write_stays_theirs(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        const string Script = """
            cat /proc/sys/kernel/core_pattern > /proc/sys/kernel/core_pattern && echo WROTE core_pattern
            cat /proc/sys/vm/overcommit_memory > /proc/sys/vm/overcommit_memory && echo WROTE overcommit_memory
            [ -w /proc/sysrq-trigger ] && echo WRITABLE sysrq-trigger
            touch /usr/bin/made /etc/made 2>/dev/null && echo WROTE usr
            cat /etc/shadow && echo READ shadow
            true
            """;
        Assert.Equal("", (await repository.Shell($"({Script}) 2>/dev/null").RunAsync()).Succeeded().Out);
    }

    private static string NameOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/comm").Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static int UidOf(int id) =>
        int.Parse(
            File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1],
            CultureInfo.InvariantCulture
        );
}
