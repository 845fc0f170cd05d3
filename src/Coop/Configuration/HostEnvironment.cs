using System.Collections;
using System.Text;
using Coop.Native;
using Coop.Storage;

namespace Coop.Configuration;

/// <summary>The machine as one value, read once when Coop starts; nothing else asks the system for variables or the working directory.</summary>
internal sealed record HostEnvironment
{
    /// <summary>Compared ordinally: variables are case-sensitive.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Coop's own words without the program's name, as bytes: the runtime's strings lose what is not UTF-8.</summary>
    public required IReadOnlyList<CString> Arguments { get; init; }

    /// <summary>The physical path, symbolic links resolved.</summary>
    public required BytePath WorkingDirectory { get; init; }

    /// <summary>This program's file; what is mounted into boxes.</summary>
    public required string ExecutablePath { get; init; }

    public required uint UserId { get; init; }

    public required uint GroupId { get; init; }

    public bool IsRoot => UserId == 0;

    /// <summary>Who gets what Coop writes in a tree: root works for whoever owns it; null leaves it the caller's.</summary>
    public (uint Uid, uint Gid)? OwnerIn(BytePath root) =>
        IsRoot && FileQuestion.StatusOfLink(CString.From(root.Bytes)) is { } status ? (status.UserId, status.GroupId) : null;

    public static HostEnvironment Read(string[] arguments)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in ProcessVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return new HostEnvironment
        {
            Variables = variables,
            Arguments = RawArguments(arguments),
            WorkingDirectory = ReadWorkingDirectory(),
            ExecutablePath = Environment.ProcessPath ?? "coop",
            UserId = OperatingSystem.IsWindows() ? 1 : Unistd.geteuid(),
            GroupId = OperatingSystem.IsWindows() ? 1 : Unistd.getgid(),
        };
    }

    /// <summary>The variable's value; null when it is not set.</summary>
    public string? Get(string name) => Variables.GetValueOrDefault(name);

    /// <summary>The value when it is set and not empty.</summary>
    public string? GetFilled(string name) => Get(name) is { Length: > 0 } value ? value : null;

    /// <summary>All variables as <c>KEY=value</c>, sorted, for child processes.</summary>
    public IReadOnlyList<CString> AsList() =>
        [.. Variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => CString.From($"{v.Key}={v.Value}"))];

#pragma warning disable RS0030 // The one place that reads the process environment.
    private static IDictionary ProcessVariables() => Environment.GetEnvironmentVariables();
#pragma warning restore RS0030

    private static IReadOnlyList<CString> RawArguments(string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            return CString.List(arguments);
        }

        // Each word ends with a NUL. The program's own word is one of them, so there is one more than the runtime counts; under a test
        // host there are others before ours.
        var words = SplitWords(File.ReadAllBytes("/proc/self/cmdline"));
        return words.Count >= arguments.Length ? [.. words.Skip(words.Count - arguments.Length)] : CString.List(arguments);
    }

    private static List<CString> SplitWords(ReadOnlySpan<byte> commandLine)
    {
        List<CString> words = [];
        while (!commandLine.IsEmpty)
        {
            var end = commandLine.IndexOf((byte)0);
            words.Add(CString.From(end < 0 ? commandLine : commandLine[..end]));
            commandLine = end < 0 ? [] : commandLine[(end + 1)..];
        }

        return words;
    }

    private static unsafe BytePath ReadWorkingDirectory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return BytePath.From(Encoding.UTF8.GetBytes(Environment.CurrentDirectory));
        }

        return Links.Read("/proc/self/cwd"u8) is { } path ? BytePath.From(path) : BytePath.From("/");
    }
}
