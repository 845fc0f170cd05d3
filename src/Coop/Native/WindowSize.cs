using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>struct winsize</c>: in characters; the pixel sizes are usually 0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WindowSize(ushort Rows, ushort Columns, ushort PixelWidth, ushort PixelHeight);
