using System.Runtime.InteropServices;

namespace Coop.Values;

/// <summary>A value and how it hangs on its name; places in the text.</summary>
/// <param name="End">Behind its last byte.</param>
/// <param name="IsLoose">Nothing but blanks or words stand between: the value itself must be beyond doubt.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NamedValue(int Start, int End, bool IsQuoted, bool IsLoose);
