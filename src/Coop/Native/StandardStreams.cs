namespace Coop.Native;

/// <summary>Keeps the numbers 0, 1 and 2 from being given to other files when Coop was started with a stream closed.</summary>
internal static class StandardStreams
{
    /// <summary>Opens <c>/dev/null</c> for reading in the place of each closed stream: what is written there fails, as it would on the closed one.</summary>
    public static void EnsureOpen()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        for (var fd = 0; fd <= 2; fd++)
        {
            if (FileControl.fcntl(fd, FileControl.F_GETFD, 0) < 0)
            {
                // The kernel gives the lowest free number, which is this one. It stays open across exec, as a standard stream does.
                var opened = FileControl.OpenToRead("/dev/null");
                _ = FileControl.fcntl(opened, FileControl.F_SETFD, 0);
            }
        }
    }
}
