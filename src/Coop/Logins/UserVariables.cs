using System.Text;
using Coop.Errors;
using Coop.Formats;
using Coop.Storage;

namespace Coop.Logins;

/// <summary>The file <c>env</c> beside the agents' settings: variables for boxes, keys among them.</summary>
internal static class UserVariables
{
    public const string FileName = "env";

    private const int LimitBytes = 1_000_000;

    /// <summary>Its lines in order; of two for one name the later counts. Empty without a file.</summary>
    /// <exception cref="UserError">It cannot be read, or a line is no variable; exit 2.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string configDirectory)
    {
        var path = Path.Combine(configDirectory, FileName);
        try
        {
            return BoundedFile.Read(path, LimitBytes) is { } bytes
                ?
                [
                    .. EnvFile
                        .Parse(path, Encoding.UTF8.GetString(bytes))
                        .Select(line => KeyValuePair.Create(line.Key, line.Value)),
                ]
                : [];
        }
        catch (IOException cause)
        {
            throw UserError.Usage($"The file '{path}' {cause.Message}.", "Make it a text file of KEY=VALUE lines, or remove it.");
        }
    }
}
