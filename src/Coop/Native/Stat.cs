using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>
/// <c>sys/stat.h</c>: <c>statx</c>, which has one layout on every Linux architecture and alone tells the time of birth.
/// </summary>
internal static unsafe partial class Stat
{
    public const int S_IFMT = 0xF000;
    public const int S_IFSOCK = 0xC000;
    public const int S_IFLNK = 0xA000;
    public const int S_IFREG = 0x8000;
    public const int S_IFBLK = 0x6000;
    public const int S_IFDIR = 0x4000;
    public const int S_IFCHR = 0x2000;
    public const int S_IFIFO = 0x1000;

    private const uint BasicStatsAndBirth = 0x7ff | BirthTime;
    private const uint BirthTime = 0x800;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Asks about a name.</summary>
    /// <param name="path">NUL-terminated; an empty one with <see cref="Fcntl.AT_EMPTY_PATH"/> asks about the descriptor itself.</param>
    /// <param name="flags"><c>AT_…</c> of <see cref="Fcntl"/>.</param>
    /// <returns>0, or -1 with the reason in <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    public static int Read(int directory, byte* path, int flags, out FileStatus status)
    {
        Statx raw;
        var result = StatxCall(directory, path, flags | Fcntl.AT_NO_AUTOMOUNT, BasicStatsAndBirth, &raw);
        status = result == 0 ? Convert(&raw) : default;
        return result;
    }

    /// <summary>As <see cref="Read"/>, for an open descriptor.</summary>
    public static int ReadOpen(int descriptor, out FileStatus status)
    {
        byte empty = 0;
        return Read(descriptor, &empty, Fcntl.AT_EMPTY_PATH, out status);
    }

    private static FileStatus Convert(Statx* raw) =>
        new()
        {
            Mode = raw->Mode,
            UserId = raw->UserId,
            GroupId = raw->GroupId,
            Links = raw->Links,
            Inode = raw->Inode,
            Device = ((ulong)raw->DeviceMajor << 32) | raw->DeviceMinor,
            Size = (long)raw->Size,
            Born = (raw->Mask & BirthTime) == 0 ? 0 : Nanoseconds(raw->Born),
            Modified = Nanoseconds(raw->Modified),
            Changed = Nanoseconds(raw->Changed),
        };

    private static long Nanoseconds(StatxTime time) => (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int StatxCall(int directory, byte* path, int flags, uint mask, Statx* status);

    [StructLayout(LayoutKind.Sequential)]
    private struct StatxTime
    {
        public long Seconds;
        public uint Nanoseconds;
        public int Reserved;
    }

    // 256 bytes, whatever the kernel fills in.
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Statx
    {
        public uint Mask;
        public uint BlockSize;
        public ulong Attributes;
        public uint Links;
        public uint UserId;
        public uint GroupId;
        public ushort Mode;
        public ushort Spare;
        public ulong Inode;
        public ulong Size;
        public ulong Blocks;
        public ulong AttributesMask;
        public StatxTime Accessed;
        public StatxTime Born;
        public StatxTime Changed;
        public StatxTime Modified;
        public uint SpecialMajor;
        public uint SpecialMinor;
        public uint DeviceMajor;
        public uint DeviceMinor;
    }
}
