using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>spawn.h</c>. The structures are opaque; 512 bytes hold them on every system Coop is built for.</summary>
internal static unsafe partial class Spawn
{
    internal const int OpaqueSize = 512;

    // The same values in glibc, musl and macOS.
    internal const short POSIX_SPAWN_SETPGROUP = 0x02;
    internal const short POSIX_SPAWN_SETSIGDEF = 0x04;
    internal const short POSIX_SPAWN_SETSIGMASK = 0x08;

    // Since glibc 2.26 and macOS 10.15.
    internal static short POSIX_SPAWN_SETSID => OperatingSystem.IsMacOS() ? (short)0x400 : (short)0x80;

    [LibraryImport("libc")]
    internal static partial int posix_spawn(int* pid, byte* path, void* actions, void* attributes, byte** argv, byte** envp);

    [LibraryImport("libc")]
    internal static partial int posix_spawnp(int* pid, byte* file, void* actions, void* attributes, byte** argv, byte** envp);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_adddup2(void* actions, int fd, int newFd);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_addopen(void* actions, int fd, byte* path, int flags, uint mode);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_addchdir_np(void* actions, byte* path);

    /// <summary>glibc 2.35 and newer: makes the child's group the terminal's foreground group before it runs.</summary>
    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_addtcsetpgrp_np(void* actions, int fd);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_destroy(void* attributes);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setpgroup(void* attributes, int group);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setsigmask(void* attributes, void* signals);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setsigdefault(void* attributes, void* signals);

    [LibraryImport("libc")]
    internal static partial int sigemptyset(void* signals);

    [LibraryImport("libc")]
    internal static partial int sigfillset(void* signals);
}
