using System.Runtime.InteropServices;

namespace Coop.TestKit;

/// <summary>
/// For the file system, this thread is nobody, also when the tests run as root: so that a directory can be unreadable. Nothing that waits
/// may happen meanwhile, since another thread is still who it was.
/// </summary>
internal sealed partial class OtherUser : IDisposable
{
    private const int Nobody = 65534;

    private readonly int before = SetFileSystemUser(Nobody);

    public void Dispose() => _ = SetFileSystemUser(before);

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(int user);
}
