using System.CommandLine;
using Coop.ForkKeeping;

namespace Coop.Forks;

/// <summary>The loop, as the command of a fork knows it: it uses forks, so this room cannot use it.</summary>
internal interface IForkLoop
{
    /// <summary>What <c>coop fork NAME</c> takes besides its own options.</summary>
    IReadOnlyList<Option> Options { get; }

    /// <summary>True when a loop is asked for.</summary>
    /// <exception cref="Errors.UserError">Options of the loop stand there without it; exit 2.</exception>
    bool IsAsked(ParseResult parse);

    /// <param name="targets">As they were typed.</param>
    Task<int> RunAsync(
        ParseResult parse,
        string name,
        IReadOnlyList<string> targets,
        ForkEntryOptions entry,
        CancellationToken cancellationToken
    );
}
