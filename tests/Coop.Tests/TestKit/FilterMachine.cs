using Coop.Native;

namespace Coop.TestKit;

/// <summary>Runs a system-call filter as the kernel does (linux/bpf_common.h), for the instructions Coop uses.</summary>
internal static class FilterMachine
{
    private const ushort Load = 0x20;
    private const ushort JumpEqual = 0x15;
    private const ushort JumpAtLeast = 0x35;
    private const ushort JumpAnyBit = 0x45;
    private const ushort Return = 0x06;

    /// <summary>The filter's answer to a call, as in linux/seccomp.h.</summary>
    public static uint Run(IReadOnlyList<FilterInstruction> program, uint architecture, uint number, params ulong[] arguments)
    {
        var data = new uint[16];
        data[0] = number;
        data[1] = architecture;
        for (var i = 0; i < arguments.Length; i++)
        {
            data[4 + (2 * i)] = (uint)arguments[i];
            data[5 + (2 * i)] = (uint)(arguments[i] >> 32);
        }

        uint accumulator = 0;
        for (var at = 0; ; at++)
        {
            var instruction = program[at];
            switch (instruction.Code)
            {
                case Load:
                    accumulator = data[instruction.Operand / 4];
                    break;
                case JumpEqual:
                    at += accumulator == instruction.Operand ? instruction.IfTrue : instruction.IfFalse;
                    break;
                case JumpAtLeast:
                    at += accumulator >= instruction.Operand ? instruction.IfTrue : instruction.IfFalse;
                    break;
                case JumpAnyBit:
                    at += (accumulator & instruction.Operand) != 0 ? instruction.IfTrue : instruction.IfFalse;
                    break;
                case Return:
                    return instruction.Operand;
                default:
                    throw new InvalidOperationException($"No meaning for {instruction}.");
            }
        }
    }
}
