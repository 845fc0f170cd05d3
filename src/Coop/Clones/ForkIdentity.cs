namespace Coop.Clones;

/// <summary>Which directories Coop made: a directory that was put in their place has other numbers.</summary>
/// <param name="Device">Major number in the upper, minor in the lower 32 bits; of the fork's directory and its <c>.git</c> alike.</param>
/// <param name="Inode">Of the fork's directory.</param>
/// <param name="GitInode">Of its <c>.git</c>.</param>
internal sealed record ForkIdentity(ulong Device, ulong Inode, ulong GitInode);
