namespace Coop.Errors;

/// <summary>
/// What a user can cause or mend: one sentence that names the thing, one hint that can be typed or done, and the exit code.
/// Thrown where the words are known; caught once, in <c>CliApp</c>.
/// </summary>
/// <param name="message">One sentence with a period.</param>
/// <param name="hint">What to type or do next; one line.</param>
/// <param name="exitCode">One of <see cref="Errors.ExitCode"/>.</param>
/// <param name="cause">The exception this one explains; its text is not printed.</param>
internal sealed class UserError(string message, string hint, int exitCode = ExitCode.Failed, Exception? cause = null)
    : Exception(message, cause)
{
    public string Hint { get; } = hint;

    public int ExitCode { get; } = exitCode;

    /// <summary>The image that an engine does not have, when that is all that is wrong: it can be built.</summary>
    public string? MissingImage { get; init; }

    /// <summary>A wrong command line or setting (exit 2): nothing was done.</summary>
    public static UserError Usage(string message, string hint) => new(message, hint, Errors.ExitCode.Usage);
}
