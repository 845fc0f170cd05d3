using Coop.Storage;

namespace Coop.Masking;

/// <summary>
/// The paths that the user alone has allowed a box to see although a rule hides them; kept outside the repository, so that nothing
/// in it can add one.
/// </summary>
internal sealed class UserExceptions
{
    private readonly HashSet<BytePath> paths;
    private readonly HashSet<BytePath>.AlternateLookup<ReadOnlySpan<byte>> pathsBySpan;

    private UserExceptions(IEnumerable<BytePath> paths)
    {
        this.paths = new HashSet<BytePath>(paths, BytePathComparer.Instance);
        pathsBySpan = this.paths.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public static UserExceptions None { get; } = new([]);

    public bool IsEmpty => paths.Count == 0;

    /// <summary>Relative to the root of the tree, sorted by their bytes.</summary>
    public IReadOnlyList<BytePath> Paths => [.. paths.Order()];

    public static UserExceptions Of(params IEnumerable<BytePath> paths) => new(paths);

    public bool Contains(BytePath path) => paths.Contains(path);

    public bool Contains(ReadOnlySpan<byte> path) => pathsBySpan.Contains(path);

    public UserExceptions Allow(BytePath path) => new(paths.Append(path));

    public UserExceptions Revoke(BytePath path) => new(paths.Where(other => !other.Equals(path)));
}
