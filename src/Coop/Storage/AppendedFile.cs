using Coop.Errors;
using Coop.Native;
using Microsoft.Win32.SafeHandles;

namespace Coop.Storage;

/// <summary>A file in a place of Coop's own that several processes add to: the kernel puts every write at its end, which the runtime's own way of appending does not ask for.</summary>
internal static unsafe class AppendedFile
{
    /// <summary>Adds to it in one write; makes it when it is not there.</summary>
    /// <exception cref="UserError">It cannot be.</exception>
    public static void Add(BytePath directory, BytePath name, ReadOnlySpan<byte> bytes)
    {
        using var file = Open(directory, name);
        if (Descriptor.WriteAll(OpenTree.Number(file), bytes) is var written and < 0)
        {
            throw Trouble(directory, name, -written);
        }
    }

    /// <summary>Opens it for reading and adding; makes it when it is not there.</summary>
    /// <exception cref="UserError">It cannot be.</exception>
    public static SafeFileHandle Open(BytePath directory, BytePath name)
    {
        using var place = OpenTree.OpenRoot(directory);
        using CStringArray names = new([CString.From(name.Bytes)]);
        var flags = Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_APPEND | Fcntl.O_NOFOLLOW | Fcntl.O_NOCTTY | Fcntl.O_CLOEXEC;
        var descriptor = Fcntl.OpenAt(OpenTree.Number(place), names.Pointer[0], flags, SafeWriter.OwnersFile);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Trouble(directory, name, Errno.Last);
    }

    private static UserError Trouble(BytePath directory, BytePath name, int error) =>
        new($"'{directory.Join(name)}' cannot be written: {Errno.Text(error)}.", "Look at it, and move what is in its way.");
}
