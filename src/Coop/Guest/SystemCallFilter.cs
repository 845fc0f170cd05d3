using System.Runtime.InteropServices;
using Coop.Native;

namespace Coop.Guest;

/// <summary>
/// The system calls no process of a box may make, on every engine, as a classic BPF program (linux/seccomp.h). It comes on top of an
/// engine's own filter and refuses what would lift a mask (mounts and namespaces, handles), reach the box's first process, put keys into the host user's
/// terminal or keyring, or open wide parts of the kernel that no build needs.
/// </summary>
internal static class SystemCallFilter
{
    private const uint Allow = 0x7fff0000;
    private const uint RefuseBase = 0x00050000;
    private const uint Refuse = RefuseBase | Errno.EPERM;
    private const uint Unknown = RefuseBase | Errno.ENOSYS;

    // Offsets in struct seccomp_data; arguments are 64 bits each, low half first (little-endian).
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint FirstArgument = 16;
    private const uint SecondArgument = 24;

    private const ushort Load = 0x20;
    private const ushort JumpEqual = 0x15;
    private const ushort JumpAtLeast = 0x35;
    private const ushort JumpAnyBit = 0x45;
    private const ushort Return = 0x06;

    // The x32 calls of x86-64 carry this bit; they would walk around every number below.
    private const uint X32Bit = 0x40000000;

    // CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET.
    private const uint NamespaceFlags = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;

    // TIOCSTI types into a terminal, TIOCLINUX pastes into a console.
    private const uint TypeIntoTerminal = 0x5412;
    private const uint ConsoleRequest = 0x541C;

    public static IReadOnlyList<FilterInstruction> For(Architecture architecture)
    {
        var numbers = SystemCallNumbers.For(architecture);
        List<FilterInstruction> program =
        [
            new(Load, 0, 0, ArchitectureOffset),
            new(JumpEqual, 1, 0, numbers.AuditArchitecture),
            new(Return, 0, 0, Unknown),
            new(Load, 0, 0, NumberOffset),
        ];
        if (architecture == Architecture.X64)
        {
            program.Add(new(JumpAtLeast, 0, 1, X32Bit));
            program.Add(new(Return, 0, 0, Unknown));
        }

        // glibc falls back to clone when clone3 is missing; a filter cannot look into clone3's structure.
        AddAnswer(program, numbers.Clone3, Unknown);
        foreach (var number in numbers.InputOutputRings)
        {
            AddAnswer(program, number, Unknown);
        }

        foreach (var number in numbers.Refused)
        {
            AddAnswer(program, number, Refuse);
        }

        AddArgumentRule(
            program,
            numbers.CloneProcess,
            FirstArgument,
            [new(JumpAnyBit, 0, 1, NamespaceFlags), new(Return, 0, 0, Refuse)]
        );
        AddArgumentRule(
            program,
            numbers.Ioctl,
            SecondArgument,
            [new(JumpEqual, 1, 0, TypeIntoTerminal), new(JumpEqual, 0, 1, ConsoleRequest), new(Return, 0, 0, Refuse)]
        );
        AddArgumentRule(program, numbers.Ptrace, SecondArgument, [new(JumpEqual, 0, 1, 1), new(Return, 0, 0, Refuse)]);
        foreach (var number in numbers.ProcessMemory)
        {
            AddArgumentRule(program, number, FirstArgument, [new(JumpEqual, 0, 1, 1), new(Return, 0, 0, Refuse)]);
        }

        program.Add(new(Return, 0, 0, Allow));
        return program;
    }

    private static void AddAnswer(List<FilterInstruction> program, uint number, uint answer)
    {
        program.Add(new(JumpEqual, 0, 1, number));
        program.Add(new(Return, 0, 0, answer));
    }

    // The rule's instructions see the argument; whatever they do not refuse is allowed.
    private static void AddArgumentRule(
        List<FilterInstruction> program,
        uint number,
        uint argument,
        IReadOnlyList<FilterInstruction> rule
    )
    {
        program.Add(new(JumpEqual, 0, (byte)(rule.Count + 2), number));
        program.Add(new(Load, 0, 0, argument));
        program.AddRange(rule);
        program.Add(new(Return, 0, 0, Allow));
    }
}
