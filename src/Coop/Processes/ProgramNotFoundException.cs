namespace Coop.Processes;

/// <summary>The program is not there or may not be run. The floor that knows why it was wanted turns it into words.</summary>
/// <param name="program">As it was asked for.</param>
/// <param name="errno">What <c>posix_spawn</c> said: <c>ENOENT</c>, <c>EACCES</c>, <c>E2BIG</c>, …</param>
internal sealed class ProgramNotFoundException(string program, int errno)
    : Exception($"'{program}' cannot be started: {Native.Errno.Text(errno)}.")
{
    public string Program { get; } = program;

    public int ErrorNumber { get; } = errno;
}
