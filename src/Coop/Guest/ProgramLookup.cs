using Coop.Native;

namespace Coop.Guest;

/// <summary>Finds a command as a shell would: a name with a slash is a path, any other is sought on PATH.</summary>
internal static class ProgramLookup
{
    // What execvp uses when PATH is not set (confstr(_CS_PATH) of glibc, with /usr/local first as engines have it).
    private const string DefaultPath = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin";

    /// <summary>The file to execute; null when there is none. A file that may not be executed is still an answer: the kernel says why.</summary>
    public static CString? Find(CString command, string? path)
    {
        if (command.Bytes.Contains((byte)'/'))
        {
            return FileQuestion.StatusOf(command) is null ? null : command;
        }

        CString? forbidden = null;
        foreach (var directory in (path ?? DefaultPath).Split(':'))
        {
            var candidate = CString.From([
                .. System.Text.Encoding.UTF8.GetBytes(directory.Length == 0 ? "." : directory),
                (byte)'/',
                .. command.Bytes,
            ]);
            if (FileQuestion.StatusOf(candidate) is { IsRegular: true } status)
            {
                if ((status.Mode & 0b001_001_001) != 0)
                {
                    return candidate;
                }

                forbidden ??= candidate;
            }
        }

        return forbidden;
    }
}
