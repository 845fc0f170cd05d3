using Coop.Configuration;
using Coop.Errors;
using Coop.Processes;

namespace Coop.Engines;

/// <summary>Short questions to an engine's program.</summary>
internal static class EngineQuestion
{
    // A daemon that hangs must not hang Coop; a cold one answers within a few seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Null when the engine answered the question with exit code 0.</summary>
    public static async Task<UserError?> ProbeAsync(
        IProcessRunner processes,
        EngineKind kind,
        IReadOnlyList<string> question,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var result = await processes.CaptureAsync(new ProcessSpec(kind.Name(), [.. question]), limit.Token);
            return result.Succeeded ? null : EngineMessages.NoAnswer(kind, result.ErrorText);
        }
        catch (ProgramNotFoundException)
        {
            return EngineMessages.NotInstalled(kind);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return EngineMessages.NoAnswer(kind, $"no answer within {Limit.TotalSeconds:0} seconds");
        }
    }

    /// <summary>Runs a command whose failure changes nothing.</summary>
    public static async Task TryAsync(IProcessRunner processes, ProcessSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            await processes.CaptureAsync(spec, cancellationToken);
        }
        catch (ProgramNotFoundException)
        {
            // An engine that is gone holds nothing any more.
        }
    }
}
