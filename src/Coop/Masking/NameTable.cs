using Coop.Storage;

namespace Coop.Masking;

/// <summary>
/// Rules that match by name alone, ordered so that a name meets few of them: plain names by hash, patterns by the two bytes that
/// every match starts or ends with.
/// </summary>
internal sealed class NameTable
{
    private readonly Dictionary<BytePath, List<IgnoreRule>> plain = new(BytePathComparer.Instance);
    private readonly Dictionary<BytePath, List<IgnoreRule>>.AlternateLookup<ReadOnlySpan<byte>> plainBySpan;
    private readonly NameFilter plainFilter = new();
    private readonly List<IgnoreRule>?[] byHead = new List<IgnoreRule>?[256];
    private readonly List<IgnoreRule>?[] byTail = new List<IgnoreRule>?[256];
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
        if (plainFilter.MayHold(name) && plainBySpan.TryGetValue(name, out var same))
        {
            foreach (var rule in same)
            {
                if (rule.Applies(isDirectory, isTemplate))
                {
                    return rule;
                }
            }
        }

        var isShort = name.Length == 1;
        return (
                isShort
                    ? null
                    : Match(byHead[HeadOf(name)], name, isDirectory, isTemplate)
                        ?? Match(byTail[TailOf(name)], name, isDirectory, isTemplate)
            ) ?? Match(others, name, isDirectory, isTemplate);
    }

    private static byte HeadOf(ReadOnlySpan<byte> name) => Mix(name[0], name[1]);

    private static byte TailOf(ReadOnlySpan<byte> name) => Mix(name[^1], name[^2]);

    private static byte Mix(byte one, byte other) => (byte)((one * 31) + other);

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
            plainFilter.Add(literal);
            var key = BytePath.From(literal);
            if (!plain.TryGetValue(key, out var list))
            {
                plain.Add(key, list = []);
            }

            return list;
        }

        if (head.Length > 1)
        {
            return byHead[HeadOf(head)] ??= [];
        }

        return tail.Length > 1 ? byTail[TailOf(tail)] ??= [] : others;
    }
}
