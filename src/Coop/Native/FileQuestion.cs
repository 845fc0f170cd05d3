namespace Coop.Native;

/// <summary>Questions about one path, links followed, as bytes.</summary>
internal static unsafe class FileQuestion
{
    /// <summary>Null when there is nothing by that name.</summary>
    public static FileStatus? StatusOf(CString path)
    {
        using CStringArray name = new([path]);
        return Stat.Read(Fcntl.AT_FDCWD, name.Pointer[0], 0, out var status) == 0 ? status : null;
    }

    /// <summary>As <see cref="StatusOf"/>, of a symbolic link itself.</summary>
    public static FileStatus? StatusOfLink(CString path)
    {
        using CStringArray name = new([path]);
        return Stat.Read(Fcntl.AT_FDCWD, name.Pointer[0], Fcntl.AT_SYMLINK_NOFOLLOW, out var status) == 0 ? status : null;
    }
}
