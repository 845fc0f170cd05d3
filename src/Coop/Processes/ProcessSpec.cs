using Coop.Native;

namespace Coop.Processes;

/// <summary>A program to start: an argument vector, never a line for a shell.</summary>
/// <param name="Program">A path, or a name looked up on PATH.</param>
/// <param name="Arguments">Without the program's own name.</param>
internal sealed record ProcessSpec(CString Program, IReadOnlyList<CString> Arguments)
{
    public ProcessSpec(string program, params ReadOnlySpan<string> arguments)
        : this(CString.From(program), CString.List(arguments)) { }

    /// <summary>What the program is told as its own name; null is <see cref="Program"/>.</summary>
    public CString? OwnName { get; init; }

    /// <summary>The working directory; null is the caller's.</summary>
    public CString? Directory { get; init; }

    /// <summary>Variables as <c>KEY=value</c>, all of them; null is the runner's own environment.</summary>
    public IReadOnlyList<CString>? Environment { get; init; }

    /// <summary>Which of the caller's descriptors become the child's; everything else is closed. Without a row 0, 1 and 2 are inherited.</summary>
    public IReadOnlyList<PassedDescriptor> Descriptors { get; init; } = [];

    /// <summary>What a captured program reads from its standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Of a captured program's standard output at most this much is kept; the rest is read and dropped.</summary>
    public int MostOutputBytes { get; init; } = int.MaxValue;

    /// <summary>A process group of its own, which the terminal's signals do not reach.</summary>
    public bool OwnGroup { get; init; }

    /// <summary>A session of its own, without a terminal: it lives on when the caller's ends.</summary>
    public bool OwnSession { get; init; }

    /// <summary>The descriptor of a terminal whose foreground group the child becomes before it runs (needs <see cref="OwnGroup"/>).</summary>
    public int? ForegroundOf { get; init; }
}
