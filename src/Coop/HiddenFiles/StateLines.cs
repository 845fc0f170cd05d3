using System.Text;
using Coop.Errors;
using Coop.Storage;

namespace Coop.HiddenFiles;

/// <summary>The common form of the two files that are kept of a repository: a first line with kind and version, then a record a line.</summary>
internal static class StateLines
{
    /// <summary>The lines behind the first.</summary>
    /// <returns>null when there is no file.</returns>
    /// <exception cref="UserError">It begins otherwise: damaged, or of a newer Coop.</exception>
    public static IReadOnlyList<string>? Read(string path, string firstLine)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllText(path).Split('\n');
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        // A last line without its end was cut off; atomic writes never leave one.
        return lines[0] == firstLine && lines[^1].Length == 0 ? lines[1..^1] : throw Damaged(path, null);
    }

    /// <summary>Reads a record; what is wrong with it is an error of the file.</summary>
    public static T Understand<T>(string path, string line, Func<string, T> read)
    {
        try
        {
            return read(line);
        }
        catch (Exception cause)
            when (cause is FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw Damaged(path, cause);
        }
    }

    /// <summary>Writes the file, unless it already says the same.</summary>
    public static void Write(string path, string firstLine, IEnumerable<string> lines)
    {
        var text = new StringBuilder(firstLine).Append('\n');
        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
        }

        var content = Encoding.ASCII.GetBytes(text.ToString());
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            AtomicFile.Write(path, content);
        }
    }

    private static UserError Damaged(string path, Exception? cause) =>
        new(
            $"'{path}' is damaged, or of a newer version of coop.",
            "Update coop, or remove the file to give up what it remembers about this repository.",
            cause: cause
        );
}
