namespace Coop.Trees;

/// <summary>One name in a directory, as long as the visit lasts.</summary>
/// <param name="name">The bytes of the name; a NUL follows them in memory, so that the name can be handed to the kernel as it is.</param>
/// <param name="type">One of the <c>DT_</c> values of <see cref="Native.Dirent"/>, never unknown.</param>
/// <param name="inode">As the directory tells it: for a mount point the number of what it covers.</param>
internal readonly ref struct TreeEntry(ReadOnlySpan<byte> name, byte type, ulong inode)
{
    public ReadOnlySpan<byte> Name { get; } = name;

    public byte Type { get; } = type;

    public ulong Inode { get; } = inode;
}
