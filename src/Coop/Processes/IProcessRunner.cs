namespace Coop.Processes;

/// <summary>The only way Coop starts programs.</summary>
internal interface IProcessRunner
{
    /// <summary>
    /// Starts the program, in another thread, and collects what it prints, its standard input empty. When cancelled the program is killed and waited for.
    /// </summary>
    /// <exception cref="ProgramNotFoundException">It cannot be started.</exception>
    Task<ProcessResult> CaptureAsync(ProcessSpec spec, CancellationToken cancellationToken);

    /// <summary>Starts the program and leaves it running; the caller waits for it on every path.</summary>
    /// <exception cref="ProgramNotFoundException">It cannot be started.</exception>
    IChildProcess Start(ProcessSpec spec);
}
