using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>Which user namespace a namespace belongs to (ioctl_ns(2)); Linux only.</summary>
internal static unsafe partial class NamespaceOwner
{
    private const nuint NS_GET_USERNS = 0xb701;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int fd, nuint request, void* unused);

    /// <summary>A descriptor of the owning user namespace, or a negative error number.</summary>
    public static int Open(int namespaceDescriptor)
    {
        var owner = ioctl(namespaceDescriptor, NS_GET_USERNS, null);
        return owner < 0 ? -Errno.Last : owner;
    }
}
