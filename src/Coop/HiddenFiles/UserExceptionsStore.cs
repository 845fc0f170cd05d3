using Coop.Errors;
using Coop.Masking;
using Coop.Storage;

namespace Coop.HiddenFiles;

/// <summary>Keeps <see cref="UserExceptions"/> in a file: a line with the version, then one escaped path a line.</summary>
/// <param name="filePath">Outside the repository, in Coop's state.</param>
internal sealed class UserExceptionsStore(string filePath)
{
    private const string FirstLine = "coop-exceptions 1";

    /// <summary>What is kept; nothing when there is no file.</summary>
    /// <exception cref="UserError">The file is damaged or of a newer Coop.</exception>
    public UserExceptions Read() =>
        StateLines.Read(filePath, FirstLine) is { } lines
            ? UserExceptions.Of(
                lines.Select(line => StateLines.Understand(filePath, line, word => BytePath.From(EscapedBytes.Unescape(word))))
            )
            : UserExceptions.None;

    public void Write(UserExceptions exceptions) =>
        StateLines.Write(filePath, FirstLine, exceptions.Paths.Select(path => EscapedBytes.Escape(path.Bytes)));
}
