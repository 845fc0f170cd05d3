using Coop.Native;

namespace Coop.Storage;

/// <summary>Makes a file of a size that holds nothing, with a time, in a directory of Coop's own.</summary>
internal static unsafe class SparseFile
{
    private const uint OnlyTheOwner = 0b111_000_000;
    private const uint Readable = 0b100_100_100;
    private const uint ReadableProgram = 0b101_101_101;
    private const uint OpenDirectory = 0b111_101_101;

    /// <summary>Does nothing when it is there. A half-made one never has the name: it is made beside and renamed.</summary>
    /// <param name="path">Absolute; the directories above it are made where they are missing.</param>
    public static void Make(BytePath path, long size, long seconds, int nanoseconds, bool isExecutable)
    {
        if (FileQuestion.StatusOfLink(CString.From(path.Bytes)) is not null)
        {
            return;
        }

        MakeDirectories(path.Parent);
        var temporary = path.Parent.Join($".{Guid.NewGuid():N}");
        using CStringArray names = new([CString.From(temporary.Bytes), CString.From(path.Bytes)]);
        var file = Fcntl.OpenAt(
            Fcntl.AT_FDCWD,
            names.Pointer[0],
            Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_EXCL | Fcntl.O_CLOEXEC,
            OnlyTheOwner
        );
        if (file < 0)
        {
            throw Failure(path);
        }

        try
        {
            // The kernel drops the time's fraction where the file system keeps none; git in the box compares whole seconds.
            var times = stackalloc long[4] { seconds, nanoseconds, seconds, nanoseconds };
            if (
                FileMaking.ftruncate(file, size) != 0
                || FileMaking.fchmod(file, isExecutable ? ReadableProgram : Readable) != 0
                || FileMaking.futimens(file, times) != 0
                || Renaming.renameat(Fcntl.AT_FDCWD, names.Pointer[0], Fcntl.AT_FDCWD, names.Pointer[1]) != 0
            )
            {
                throw Failure(path);
            }
        }
        finally
        {
            _ = Fcntl.Close(file);
        }
    }

    private static void MakeDirectories(BytePath directory)
    {
        if (FileQuestion.StatusOf(CString.From(directory.Bytes)) is not null)
        {
            return;
        }

        MakeDirectories(directory.Parent);
        using CStringArray name = new([CString.From(directory.Bytes)]);
        if (Fcntl.MakeDirectoryAt(Fcntl.AT_FDCWD, name.Pointer[0], OpenDirectory) != 0 && Errno.Last != Errno.EEXIST)
        {
            throw Failure(directory);
        }
    }

    private static IOException Failure(BytePath path) => new($"'{path}' cannot be made: {Errno.Text(Errno.Last)}.");
}
