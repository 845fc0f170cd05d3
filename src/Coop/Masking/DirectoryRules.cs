using System.Runtime.InteropServices;

namespace Coop.Masking;

/// <summary>
/// The rules that apply to the names in one directory: the built-in ones, those of every <c>.coopignore</c> from the root to here,
/// and how far each path pattern has come on the way here. Directories where the same applies share one object.
/// </summary>
internal sealed class DirectoryRules
{
    private readonly NameTable[] tables;
    private readonly Follower[] followers;
    private readonly bool isDocker;
    private DirectoryRules? plain;

    private DirectoryRules(NameTable[] tables, Follower[] followers, bool isDocker)
    {
        this.tables = tables;
        this.followers = followers;
        this.isDocker = isDocker;
    }

    /// <summary>The root of a tree without a <c>.coopignore</c>.</summary>
    public static DirectoryRules BuiltIn { get; } = new([], [], false);

    /// <summary>With the rules of a file that lies in this directory.</summary>
    public DirectoryRules With(CoopIgnore file) =>
        new(
            [.. tables, file.Names],
            [.. followers, .. file.Paths.Select(rule => new Follower(rule, rule.Pattern.Start))],
            isDocker
        );

    /// <summary>The rules in a directory below, before those of its own <c>.coopignore</c>.</summary>
    /// <param name="name">Folded.</param>
    public DirectoryRules Enter(ReadOnlySpan<byte> name)
    {
        var entersDocker = name.SequenceEqual(PathRules.DockerDirectory);
        if (followers.Length == 0 && !isDocker && !entersDocker)
        {
            return this;
        }

        List<Follower>? alive = null;
        foreach (var follower in followers)
        {
            var state = follower.Rule.Pattern.Advance(follower.State, name, out _);
            if (state != 0)
            {
                (alive ??= []).Add(follower with { State = state });
            }
        }

        return alive is null && !entersDocker
            ? plain ??= new DirectoryRules(tables, [], false)
            : new DirectoryRules(tables, alive is null ? [] : [.. alive], entersDocker);
    }

    /// <summary>Why a name in this directory is hidden; null when no rule hides it.</summary>
    /// <param name="name">Folded, not empty.</param>
    public IgnoreRule? Judge(ReadOnlySpan<byte> name, bool isDirectory)
    {
        var isTemplate = PathRules.IsTemplate(name);
        return Judge(name, isDirectory, isTemplate, LeftOver.MostMarks);
    }

    private IgnoreRule? Judge(ReadOnlySpan<byte> name, bool isDirectory, bool isTemplate, int marks)
    {
        if (JudgeExactly(name, isDirectory, isTemplate) is { } rule)
        {
            return rule;
        }

        if (marks == 0 || !LeftOver.TryStrip(name, out var original, out var other))
        {
            return null;
        }

        return Judge(original, isDirectory, isTemplate, marks - 1)
            ?? (other.IsEmpty ? null : Judge(other, isDirectory, isTemplate, marks - 1));
    }

    private IgnoreRule? JudgeExactly(ReadOnlySpan<byte> name, bool isDirectory, bool isTemplate)
    {
        if (!isTemplate && PathRules.Match(name, isDirectory, isDocker) is { } builtIn)
        {
            return builtIn;
        }

        foreach (var table in tables)
        {
            if (table.Match(name, isDirectory, isTemplate) is { } rule)
            {
                return rule;
            }
        }

        foreach (var (rule, state) in followers)
        {
            if (rule.Applies(isDirectory, isTemplate))
            {
                rule.Pattern.Advance(state, name, out var isMatch);
                if (isMatch)
                {
                    return rule;
                }
            }
        }

        return null;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Follower(IgnoreRule Rule, ulong State);
}
