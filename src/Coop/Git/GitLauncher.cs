using Coop.Errors;
using Coop.Native;
using Coop.Processes;

namespace Coop.Git;

/// <summary>Starts git: the one place of the program that does.</summary>
/// <param name="environment">The user's variables without <c>GIT_*</c>: a hook or an outer git must not redirect Coop.</param>
internal sealed class GitLauncher(IProcessRunner processes, IReadOnlyList<CString> environment)
{
    // Behind the three standard ones.
    private const int FirstFreeDescriptor = 3;

    /// <summary>What git does on the host: no lock for refreshing an index, no question on the terminal.</summary>
    private static readonly CString[] QuietVariables =
    [
        CString.From("GIT_OPTIONAL_LOCKS=0"),
        CString.From("GIT_TERMINAL_PROMPT=0"),
    ];

    /// <exception cref="UserError">git is missing.</exception>
    public async Task<ProcessResult> RunAsync(GitCall call, CancellationToken cancellationToken)
    {
        try
        {
            // Ctrl-C reaches Coop alone: git is ended by it, not in the middle of what must be whole.
            return await processes.CaptureAsync(Spec(call) with { OwnGroup = true }, cancellationToken);
        }
        catch (ProgramNotFoundException cause)
        {
            throw Missing(cause);
        }
    }

    /// <summary>Runs git with the user's terminal and returns its exit code.</summary>
    /// <exception cref="UserError">git is missing.</exception>
    public int RunForeground(GitCall call)
    {
        try
        {
            using var child = processes.Start(Spec(call));
            return child.WaitForExit();
        }
        catch (ProgramNotFoundException cause)
        {
            throw Missing(cause);
        }
    }

    /// <summary>The first line of what git complained of, safe to print, with a period.</summary>
    public static string FirstLine(ProcessResult result)
    {
        var line = Terminal.PlainText.CleanLine(result.ErrorText.Split('\n')[0]).Trim();
        return line.EndsWith('.') ? line : line + ".";
    }

    private ProcessSpec Spec(GitCall call) =>
        new(CString.From("git"), call.Arguments)
        {
            Directory = CString.From(call.Directory.Bytes),
            Environment =
            [
                .. environment.Where(variable => !call.Variables.Any(own => IsSameName(own, variable))),
                .. QuietVariables,
                .. call.Variables,
            ],
            Input = call.Input,
            MostOutputBytes = call.MostOutputBytes,
            Descriptors = call.HeldDescriptor is { } held ? [new PassedDescriptor(held, FirstFreeDescriptor)] : [],
        };

    private static bool IsSameName(CString own, CString variable)
    {
        var name = own.Bytes[..(own.Bytes.IndexOf((byte)'=') + 1)];
        return variable.Bytes.StartsWith(name);
    }

    private static UserError Missing(ProgramNotFoundException cause) =>
        new("git is not installed, or cannot be started.", "Install git 2.31 or newer, then try again.", cause: cause);
}
