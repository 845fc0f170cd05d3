using Coop.HiddenFiles;
using Coop.Masking;
using Coop.Storage;
using Xunit;

namespace Coop.TestKit;

/// <summary>A search of a temporary tree, and its result in words that fit into a test.</summary>
internal sealed record TreeSearch(TemporaryTree Tree)
{
    public UserExceptions Exceptions { get; init; } = UserExceptions.None;

    public HiddenMemory Memory { get; init; } = HiddenMemory.Empty;

    public string[] LeftAlone { get; init; } = [];

    public Dictionary<BytePath, HiddenReason> Content { get; init; } = [];

    public HiddenPaths Run() =>
        new HiddenPathFinder(Exceptions, Memory).Find(
            Tree.Root,
            LeftAlone.Select(BytePath.From).ToHashSet(),
            Content.Count == 0 ? null : new GivenContent(Content),
            TestContext.Current.CancellationToken
        );

    /// <summary>One line for each hidden path: path, kind, rule, place, and the way to it when it is not its own name.</summary>
    public List<string> Lines() => [.. Run().Hidden.Select(Describe)];

    public static string Describe(HiddenPath path)
    {
        var reason = path.Reason;
        return $"{path.Path} {path.Kind} {reason.Rule}"
            + (reason.File is { } file ? $" {file}:{reason.Line}" : "")
            + (reason.Cause is HiddenCause.BuiltInName or HiddenCause.IgnoreFile ? "" : $" {reason.Cause}")
            + (reason.Via is { } via ? $" of {via}" : "");
    }
}
