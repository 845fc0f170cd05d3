namespace Coop.Processes;

/// <summary>A started program. Disposing it waits for its end, so whoever starts one ends it first.</summary>
internal interface IChildProcess : IDisposable
{
    int ProcessId { get; }

    /// <summary>Becomes readable (end of file) when the program has ended: for <c>poll</c>.</summary>
    int EndedDescriptor { get; }

    /// <summary>0 to 255, or 128 + n when signal n ended it. Waits for the end.</summary>
    int WaitForExit();

    /// <summary>True when it ended within the time.</summary>
    bool WaitForExit(TimeSpan limit);

    /// <summary>Sends a signal of <see cref="Native.Signals"/>; nothing when it has ended.</summary>
    void Signal(int signal);
}
