using Coop.Native;
using Coop.Storage;

namespace Coop.Git;

/// <summary>One start of git.</summary>
/// <param name="Directory">Where it starts; absolute.</param>
/// <param name="Arguments">Without the program's own name.</param>
internal sealed record GitCall(BytePath Directory, IReadOnlyList<CString> Arguments)
{
    public GitCall(BytePath directory, params ReadOnlySpan<string> arguments)
        : this(directory, CString.List(arguments)) { }

    /// <summary><c>KEY=value</c>, which stand in the place of the user's of the same name.</summary>
    public IReadOnlyList<CString> Variables { get; init; } = [];

    public ReadOnlyMemory<byte> Input { get; init; }

    public int MostOutputBytes { get; init; } = int.MaxValue;

    /// <summary>A descriptor that git holds as long as it runs, such as a lock's; null for none.</summary>
    public int? HeldDescriptor { get; init; }

    /// <summary>The call with more words behind.</summary>
    public GitCall With(params IEnumerable<CString> more) => this with { Arguments = [.. Arguments, .. more] };

    public GitCall With(params ReadOnlySpan<string> more) => this with { Arguments = [.. Arguments, .. CString.List(more)] };
}
