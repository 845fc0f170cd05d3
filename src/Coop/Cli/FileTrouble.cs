using Coop.Errors;

namespace Coop.Cli;

/// <summary>Troubles of Coop's own files that the user can mend: a full disk, a read-only file system, a place that is not theirs.</summary>
internal static class FileTrouble
{
    // The low 16 bits of the runtime's I/O errors are the system's error number on Unix, or ERROR_DISK_FULL.
    private const int DiskFull = 0x70;

    /// <summary>Null when the failure is of another kind.</summary>
    public static UserError? Explain(Exception error) =>
        error switch
        {
            UnauthorizedAccessException => new UserError(
                Sentence(error),
                "Coop keeps its files in ~/.local/state/coop and ~/.cache/coop; make them yours, or set XDG_STATE_HOME and XDG_CACHE_HOME."
            ),
            IOException when (error.HResult & 0xffff) is DiskFull or Native.Errno.ENOSPC => new UserError(
                "The disk is full: " + Sentence(error),
                "Free some space and try again: df -h"
            ),
            IOException when (error.HResult & 0xffff) == Native.Errno.EROFS => new UserError(
                Sentence(error),
                "The file system is read-only; set XDG_STATE_HOME and XDG_CACHE_HOME to places that can be written."
            ),
            IOException => new UserError(Sentence(error), "Look at the file or directory named above, then try again."),
            _ => null,
        };

    private static string Sentence(Exception error)
    {
        var text = Terminal.PlainText.CleanLine(error.Message).Trim();
        return text.EndsWith('.') ? text : text + ".";
    }
}
