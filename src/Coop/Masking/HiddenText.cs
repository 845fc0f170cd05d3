namespace Coop.Masking;

/// <summary>What is hidden, for people: a line for each path with the rule and its place, in columns.</summary>
internal static class HiddenText
{
    private const int WidestPath = 60;

    /// <summary>All of it, special files last.</summary>
    public static IReadOnlyList<string> Lines(HiddenPaths paths) => Lines([.. paths.Hidden, .. paths.Special]);

    /// <summary>Path, rule, place; the first two as wide as the widest.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<HiddenPath> paths)
    {
        var rows = paths.Select(path => (Path: Name(path), path.Reason.Rule, Place: Place(path))).ToList();
        var pathWidth = rows.Select(row => row.Path.Length).Where(width => width <= WidestPath).DefaultIfEmpty().Max();
        var ruleWidth = rows.Select(row => row.Rule.Length).Where(width => width <= WidestPath).DefaultIfEmpty().Max();
        return [.. rows.Select(row => $"{row.Path.PadRight(pathWidth)}  {row.Rule.PadRight(ruleWidth)}  {row.Place}")];
    }

    /// <summary>The path as it is shown: a directory with a slash behind, a link with what it is.</summary>
    private static string Name(HiddenPath path) =>
        path.Kind switch
        {
            HiddenKind.Directory => $"{path.Path}/",
            HiddenKind.Link => $"{path.Path} (link)",
            HiddenKind.File or HiddenKind.Special => path.Path.ToString(),
            _ => throw new InvalidOperationException($"No words for {path.Kind}."),
        };

    private static string Place(HiddenPath path)
    {
        var reason = path.Reason;
        var place = reason.File is { } file ? $"{file}:{reason.Line}" : "built in";
        return reason.Cause switch
        {
            HiddenCause.BuiltInName or HiddenCause.IgnoreFile => place,
            HiddenCause.RememberedRule => $"{place} (the line is gone; remembered)",
            HiddenCause.Content => "content",
            HiddenCause.OtherName => $"{place}, another name of '{reason.Via}'",
            HiddenCause.LinkTarget => $"{place}, target of the link '{reason.Via}'",
            HiddenCause.Remembered => $"{place}, was hidden as '{reason.Via}'",
            HiddenCause.RememberedContent => $"{place}, same content as '{reason.Via}'",
            HiddenCause.Special => "not a regular file",
            _ => throw new InvalidOperationException($"No words for {reason.Cause}."),
        };
    }
}
