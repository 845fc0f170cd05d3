using System.Runtime.InteropServices;
using System.Text;

namespace Coop.TestKit;

/// <summary>Another name for a file, which .NET cannot make.</summary>
internal static unsafe partial class HardLinks
{
    public static void Make(string existing, string path)
    {
        fixed (byte* from = Encoding.UTF8.GetBytes(existing + "\0"))
        fixed (byte* to = Encoding.UTF8.GetBytes(path + "\0"))
        {
            if (Link(from, to) != 0)
            {
                throw new IOException($"'{path}' cannot be linked.");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true)]
    private static partial int Link(byte* existing, byte* path);
}
