using System.Globalization;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class PrivilegeTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task No_capability_is_left_and_none_can_come_back(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, owner);
        var status = await StatusOfAsync(repository, "self");
        foreach (var set in new[] { "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb" })
        {
            Assert.Equal((set, 0UL), (set, ulong.Parse(status[set], NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        }
        Assert.Equal("1", status["NoNewPrivs"]);
        Assert.Equal("2", status["Seccomp"]);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task PID_1_has_no_more_than_the_command(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var status = await StatusOfAsync(repository, "1");
        Assert.Equal(0UL, ulong.Parse(status["CapEff"], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal("1", status["NoNewPrivs"]);
        Assert.Equal("2", status["Seccomp"]);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task New_user_and_mount_namespaces_are_refused(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        const string Script = """
            unshare --user true && echo MADE user
            unshare --user --map-root-user --mount true && echo MADE mount
            unshare --mount true && echo MADE mount alone
            true
            """;
        Assert.Equal("", (await repository.Shell($"({Script}) 2>/dev/null").RunAsync()).Succeeded().Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task System_calls_that_boxes_have_no_use_for_are_refused(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        // By number, for x86-64: no library of the box need know them.
        const string Program = """
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            def attempt(name, *words):
                ctypes.set_errno(0)
                answer = libc.syscall(*[ctypes.c_long(w) for w in words])
                if answer >= 0 or ctypes.get_errno() not in (1, 38):
                    print(name, answer, ctypes.get_errno())
            attempt("keyctl", 250, 0, -3, 0, 0, 0)
            attempt("add_key", 248, 0, 0, 0, 0, 0)
            attempt("bpf", 321, 0, 0, 0)
            attempt("userfaultfd", 323, 1)
            attempt("ptrace PID 1", 101, 16, 1, 0, 0)
            attempt("mount", 165, 0, 0, 0, 0, 0)
            attempt("unshare user", 272, 0x10000000)
            attempt("setns", 308, -1, 0)
            attempt("clone user", 56, 0x10000000 | 17, 0, 0, 0, 0)
            attempt("clone3", 435, 0, 0)
            for name, request in (("TIOCSTI", 0x5412), ("TIOCLINUX", 0x541C), ("TIOCSTI, high bits", 0x100005412)):
                attempt(name, 16, 0, request, 0)
            """;
        Assert.Equal("", (await repository.Python(Program).RunAsync()).Succeeded().Out);
    }

    private static async Task<Dictionary<string, string>> StatusOfAsync(TemporaryRepository repository, string process) =>
        (await repository.Coop("run", "--", "cat", $"/proc/{process}/status").RunAsync())
            .Succeeded()
            .Lines.Select(line => line.Split(":\t", 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1].Trim(), StringComparer.Ordinal);
}
