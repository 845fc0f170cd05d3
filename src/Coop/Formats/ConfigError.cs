using Coop.Errors;

namespace Coop.Formats;

/// <summary>Makes the error of a line that cannot be understood.</summary>
internal static class ConfigError
{
    /// <summary>The message is <c>file:line: problem</c>.</summary>
    /// <param name="problem">No period at the end.</param>
    public static UserError At(TextPlace place, string problem, string hint) => new($"{place}: {problem}", hint);
}
