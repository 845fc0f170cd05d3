using System.Runtime.InteropServices;

namespace Coop.Guest;

/// <summary>The numbers the filter names, from the kernel's tables (arch/x86/entry/syscalls/syscall_64.tbl, asm-generic/unistd.h).</summary>
/// <param name="AuditArchitecture"><c>AUDIT_ARCH_*</c> of linux/audit.h.</param>
/// <param name="ProcessMemory">Calls whose first argument is a process to read from or write to.</param>
/// <param name="InputOutputRings">io_uring: opens and connects past every filter; programs fall back without it.</param>
/// <param name="Refused">Refused whatever their arguments.</param>
internal sealed record SystemCallNumbers(
    uint AuditArchitecture,
    uint CloneProcess,
    uint Clone3,
    uint Ioctl,
    uint Ptrace,
    IReadOnlyList<uint> ProcessMemory,
    IReadOnlyList<uint> InputOutputRings,
    IReadOnlyList<uint> Refused
)
{
    // open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr, pidfd_getfd, open_tree_attr: since 5.1 all architectures share numbers.
    private static readonly uint[] Shared = [428, 429, 430, 431, 432, 433, 442, 438, 467];

    public static SystemCallNumbers For(Architecture architecture) =>
        architecture switch
        {
            Architecture.X64 => new(
                0xC000003E,
                CloneProcess: 56,
                Clone3: 435,
                Ioctl: 16,
                Ptrace: 101,
                ProcessMemory: [310, 311],
                InputOutputRings: [425, 426, 427],
                // mount, umount2, pivot_root, unshare, setns, open_by_handle_at, add_key, request_key, keyctl, bpf, userfaultfd,
                // perf_event_open, init_module, delete_module, finit_module, kexec_load, kexec_file_load.
                Refused: [165, 166, 155, 272, 308, 304, 248, 249, 250, 321, 323, 298, 175, 176, 313, 246, 320, .. Shared]
            ),
            Architecture.Arm64 => new(
                0xC00000B7,
                CloneProcess: 220,
                Clone3: 435,
                Ioctl: 29,
                Ptrace: 117,
                ProcessMemory: [270, 271],
                InputOutputRings: [425, 426, 427],
                Refused: [40, 39, 41, 97, 268, 265, 217, 218, 219, 280, 282, 241, 105, 106, 273, 104, 294, .. Shared]
            ),
            _ => throw new InvalidOperationException($"No system-call filter for {architecture}."),
        };
}
