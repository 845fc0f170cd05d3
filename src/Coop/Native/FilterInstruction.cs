using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>struct sock_filter</c>: one instruction of a classic BPF program.</summary>
/// <param name="Code">Class, size and mode bits of <c>linux/bpf_common.h</c>.</param>
/// <param name="IfTrue">Instructions to pass over when a jump's comparison holds.</param>
/// <param name="IfFalse">Instructions to pass over when it does not.</param>
/// <param name="Operand">The constant.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);
