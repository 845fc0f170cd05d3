using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Coop.Native;

/// <summary>
/// A user namespace that exists only to carry an owner mapping for <c>mount_setattr</c>. A process must stand in it while it is made; since
/// the runtime has threads and cannot fork, the child is a bare <c>clone</c> that does nothing but wait, without ever touching managed memory.
/// </summary>
internal static unsafe partial class UserNamespace
{
    private const int CLONE_NEWUSER = 0x10000000;
    private const int SIGCHLD = 17;

    [LibraryImport("libc", EntryPoint = "syscall")]
    [SuppressGCTransition]
    private static partial nint CloneCall(nint number, nint flags, nint stack, nint parentTid, nint childTid, nint tls);

    [LibraryImport("libc", EntryPoint = "syscall")]
    [SuppressGCTransition]
    private static partial nint PlainCall(nint number, nint argument1, nint argument2, nint argument3, nint argument4);

    private static nint CloneNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 220 : 56;

    // ppoll with nothing to wait for: sleeps until a signal. (pause does not exist on arm64.)
    private static nint SleepNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 73 : 271;

    /// <summary>A descriptor of a namespace in which owner <paramref name="uid"/> is shown as <paramref name="shownUid"/>; needs root. Negative error number on failure.</summary>
    public static int WithMapping(uint uid, uint gid, uint shownUid, uint shownGid)
    {
        var sleep = SleepNumber;
        var clone = CloneNumber;

        // Resolved before the child exists: the first call of a function may allocate.
        _ = PlainCall(39, 0, 0, 0, 0);
        var child = (int)CloneCall(clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
        if (child == 0)
        {
            while (true)
            {
                _ = PlainCall(sleep, 0, 0, 0, 0);
            }
        }

        if (child < 0)
        {
            return child == -1 ? -Errno.EPERM : child;
        }

        try
        {
            File.WriteAllText($"/proc/{child}/uid_map", Mapping(uid, shownUid), Encoding.ASCII);
            File.WriteAllText($"/proc/{child}/gid_map", Mapping(gid, shownGid), Encoding.ASCII);
            return FileControl.OpenToRead($"/proc/{child}/ns/user");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return -Errno.EPERM;
        }
        finally
        {
            _ = Signals.kill(child, Signals.SIGKILL);
            _ = Wait.For(child, 0, out _);
        }
    }

    private static string Mapping(uint id, uint shown) => string.Create(CultureInfo.InvariantCulture, $"{id} {shown} 1\n");
}
