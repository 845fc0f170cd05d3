using System.Runtime.InteropServices;
using Coop.TestKit;
using CsCheck;
using Xunit;

namespace Coop.Guest;

public class SystemCallFilterTests
{
    private const uint X64 = 0xC000003E;
    private const uint Arm64 = 0xC00000B7;
    private const uint I386 = 0x40000003;
    private const uint Allow = 0x7fff0000;
    private const uint NotPermitted = 0x00050001;
    private const uint NoSuchCall = 0x00050000 | 38;
    private const ulong ForkFlags = 0x01200011;
    private const ulong ThreadFlags = 0x003d0f00;

    // The kernel's numbers, written down here again: x86-64, then arm64.
    private static readonly Dictionary<string, (uint X64, uint Arm64)> Refused = new(StringComparer.Ordinal)
    {
        ["mount"] = (165, 40),
        ["umount2"] = (166, 39),
        ["pivot_root"] = (155, 41),
        ["unshare"] = (272, 97),
        ["setns"] = (308, 268),
        ["open_by_handle_at"] = (304, 265),
        ["add_key"] = (248, 217),
        ["request_key"] = (249, 218),
        ["keyctl"] = (250, 219),
        ["bpf"] = (321, 280),
        ["userfaultfd"] = (323, 282),
        ["perf_event_open"] = (298, 241),
        ["init_module"] = (175, 105),
        ["delete_module"] = (176, 106),
        ["finit_module"] = (313, 273),
        ["kexec_load"] = (246, 104),
        ["kexec_file_load"] = (320, 294),
        ["open_tree"] = (428, 428),
        ["move_mount"] = (429, 429),
        ["fsopen"] = (430, 430),
        ["fsconfig"] = (431, 431),
        ["fsmount"] = (432, 432),
        ["fspick"] = (433, 433),
        ["pidfd_getfd"] = (438, 438),
        ["mount_setattr"] = (442, 442),
        ["open_tree_attr"] = (467, 467),
    };

    public static TheoryData<string> RefusedNames => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void A_refused_call_is_refused_whatever_its_arguments(string call)
    {
        foreach (
            var arguments in (ulong[][])
                [
                    [],
                    [0, 0, 0],
                    [ulong.MaxValue, ulong.MaxValue, ulong.MaxValue],
                ]
        )
        {
            Assert.Equal(NotPermitted, OnX64(Refused[call].X64, arguments));
            Assert.Equal(NotPermitted, OnArm64(Refused[call].Arm64, arguments));
        }
    }

    [Theory]
    [InlineData(0x00020000, "CLONE_NEWNS")]
    [InlineData(0x02000000, "CLONE_NEWCGROUP")]
    [InlineData(0x04000000, "CLONE_NEWUTS")]
    [InlineData(0x08000000, "CLONE_NEWIPC")]
    [InlineData(0x10000000, "CLONE_NEWUSER")]
    [InlineData(0x20000000, "CLONE_NEWPID")]
    [InlineData(0x40000000, "CLONE_NEWNET")]
    public void A_new_process_gets_no_namespace_of_its_own(uint flag, string name)
    {
        Assert.Equal((NotPermitted, name), (OnX64(56, flag | ForkFlags), name));
        Assert.Equal((NotPermitted, name), (OnArm64(220, flag | ForkFlags), name));
    }

    [Theory]
    [InlineData(ForkFlags)]
    [InlineData(ThreadFlags)]
    public void Processes_and_threads_can_be_made(ulong flags)
    {
        Assert.Equal(Allow, OnX64(56, flags));
        Assert.Equal(Allow, OnArm64(220, flags));
    }

    [Theory]
    [InlineData(435, "clone3")]
    [InlineData(425, "io_uring_setup")]
    [InlineData(426, "io_uring_enter")]
    [InlineData(427, "io_uring_register")]
    public void What_no_filter_can_look_into_is_not_there_so_that_programs_fall_back(uint number, string name)
    {
        Assert.Equal((NoSuchCall, name), (OnX64(number), name));
        Assert.Equal((NoSuchCall, name), (OnArm64(number), name));
    }

    [Theory]
    [InlineData(0x5412, NotPermitted)] // TIOCSTI
    [InlineData(0x541C, NotPermitted)] // TIOCLINUX
    [InlineData(0x5413, Allow)] // TIOCGWINSZ
    [InlineData(0x5401, Allow)] // TCGETS
    public void Nothing_can_type_into_a_terminal(ulong request, uint expected)
    {
        // The kernel looks at the low half alone.
        foreach (var high in (ulong[])[0, 1, 0xffffffff])
        {
            Assert.Equal(expected, OnX64(16, 0, request | (high << 32)));
            Assert.Equal(expected, OnArm64(29, 0, request | (high << 32)));
        }
    }

    [Theory]
    [InlineData(1, NotPermitted)]
    [InlineData(2, Allow)]
    [InlineData(4711, Allow)]
    public void Only_the_first_process_cannot_be_traced_or_read(ulong process, uint expected)
    {
        Assert.Equal(expected, OnX64(101, 16, process));
        Assert.Equal(expected, OnX64(310, process));
        Assert.Equal(expected, OnX64(311, process));
        Assert.Equal(expected, OnArm64(117, 16, process));
        Assert.Equal(expected, OnArm64(270, process));
        Assert.Equal(expected, OnArm64(271, process));
    }

    [Theory]
    [InlineData(0)] // read
    [InlineData(1)] // write
    [InlineData(57)] // fork
    [InlineData(59)] // execve
    [InlineData(41)] // socket
    [InlineData(257)] // openat
    [InlineData(317)] // seccomp: a box may harden itself further
    [InlineData(9)] // mmap
    public void Ordinary_calls_are_allowed(uint number) => Assert.Equal(Allow, OnX64(number, 1, 1, 1));

    [Fact]
    public void The_calls_of_x32_do_not_walk_around_the_numbers() =>
        Gen.UInt[0, 600].Sample(number => Assert.Equal(NoSuchCall, OnX64(number | 0x40000000)));

    [Theory]
    [InlineData(I386)]
    [InlineData(Arm64)]
    public void The_calls_of_another_architecture_are_not_there(uint architecture) =>
        Gen.UInt[0, 600]
            .Sample(number =>
                Assert.Equal(NoSuchCall, FilterMachine.Run(SystemCallFilter.For(Architecture.X64), architecture, number))
            );

    [Fact]
    public void The_program_is_one_the_kernel_takes()
    {
        foreach (var architecture in (Architecture[])[Architecture.X64, Architecture.Arm64])
        {
            var program = SystemCallFilter.For(architecture);
            Assert.InRange(program.Count, 1, 4096);
            for (var at = 0; at < program.Count; at++)
            {
                Assert.True(
                    program[at].Code == 0x06 || at + 1 + Math.Max(program[at].IfTrue, program[at].IfFalse) < program.Count
                );
            }

            Assert.Equal(0x06, program[^1].Code);
        }
    }

    private static uint OnX64(uint number, params ulong[] arguments) =>
        FilterMachine.Run(SystemCallFilter.For(Architecture.X64), X64, number, arguments);

    private static uint OnArm64(uint number, params ulong[] arguments) =>
        FilterMachine.Run(SystemCallFilter.For(Architecture.Arm64), Arm64, number, arguments);
}
