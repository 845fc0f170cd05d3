using Coop.Storage;

namespace Coop.Masking;

/// <summary>
/// Rules that match by name alone, ordered so that a name meets few of them: plain names by hash, patterns by the byte that
/// every match starts or ends with.
/// </summary>
internal sealed class NameTable
{
    private readonly Dictionary<BytePath, List<IgnoreRule>> plain = new(BytePathComparer.Instance);
    private readonly Dictionary<BytePath, List<IgnoreRule>>.AlternateLookup<ReadOnlySpan<byte>> plainBySpan;
    private readonly List<IgnoreRule>?[] byFirst = new List<IgnoreRule>?[256];
    private readonly List<IgnoreRule>?[] byLast = new List<IgnoreRule>?[256];
    private readonly List<IgnoreRule> others = [];

    /// <summary>Sorts the rules.</summary>
    /// <param name="rules">Those that are not name rules are left out.</param>
    public NameTable(IEnumerable<IgnoreRule> rules)
    {
        plainBySpan = plain.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var rule in rules)
        {
            if (rule.Pattern is { IsNameOnly: true, Name: { } name })
            {
                ListFor(name.Literal, name.Head, name.Tail).Add(rule);
            }
        }
    }

    /// <summary>A rule that matches the name; null when none does.</summary>
    /// <param name="name">Folded, not empty.</param>
    public IgnoreRule? Match(ReadOnlySpan<byte> name, bool isDirectory, bool isTemplate)
    {
        if (plainBySpan.TryGetValue(name, out var same))
        {
            foreach (var rule in same)
            {
                if (rule.Applies(isDirectory, isTemplate))
                {
                    return rule;
                }
            }
        }

        return Match(byFirst[name[0]], name, isDirectory, isTemplate)
            ?? Match(byLast[name[^1]], name, isDirectory, isTemplate)
            ?? Match(others, name, isDirectory, isTemplate);
    }

    private static IgnoreRule? Match(List<IgnoreRule>? rules, ReadOnlySpan<byte> name, bool isDirectory, bool isTemplate)
    {
        if (rules is null)
        {
            return null;
        }

        foreach (var rule in rules)
        {
            if (rule.Applies(isDirectory, isTemplate) && rule.Pattern.Name!.Matches(name))
            {
                return rule;
            }
        }

        return null;
    }

    private List<IgnoreRule> ListFor(byte[]? literal, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        if (literal is not null)
        {
            var key = BytePath.From(literal);
            if (!plain.TryGetValue(key, out var list))
            {
                plain.Add(key, list = []);
            }

            return list;
        }

        if (!head.IsEmpty)
        {
            return byFirst[head[0]] ??= [];
        }

        return tail.IsEmpty ? others : byLast[tail[^1]] ??= [];
    }
}
