using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coop.Errors;
using Coop.Formats;
using Tomlyn;
using Tomlyn.Model;

namespace Coop.AgentHomes;

/// <summary>An agent's TOML settings while Coop completes the box's copy of them; comments are lost in the copy.</summary>
internal sealed partial class TomlSettings
{
    private readonly TomlTable root;

    private TomlSettings(TomlTable root) => this.root = root;

    /// <summary>The user's file where there is one, else what the box has.</summary>
    /// <exception cref="UserError">The user's file is no TOML.</exception>
    public static TomlSettings Of(HomeFacts facts, string name)
    {
        if (facts.UserFiles.TryGetValue(name, out var user))
        {
            try
            {
                return new TomlSettings(Parse(user));
            }
            catch (TomlException cause)
            {
                throw Broken(facts.UserPath(name), cause);
            }
        }

        try
        {
            return new TomlSettings(facts.BoxFiles.TryGetValue(name, out var box) ? Parse(box) : new TomlTable());
        }
        catch (TomlException)
        {
            // An agent wrote it: what cannot be read starts anew.
            return new TomlSettings(new TomlTable());
        }
    }

    public bool Has(params ReadOnlySpan<string> path)
    {
        object? node = root;
        foreach (var name in path)
        {
            node = node is TomlTable table && table.TryGetValue(name, out var next) ? next : null;
        }

        return node is not null;
    }

    /// <summary>Sets a value that is not there yet.</summary>
    public void Default(object value, params ReadOnlySpan<string> path)
    {
        if (!Has(path))
        {
            Set(value, path);
        }
    }

    /// <summary>Sets a value. A parent that is no table stays as the user made it, and nothing is set.</summary>
    public void Set(object value, params ReadOnlySpan<string> path)
    {
        var table = root;
        foreach (var name in path[..^1])
        {
            if (!table.TryGetValue(name, out var next))
            {
                next = new TomlTable();
                table[name] = next;
            }

            if (next is not TomlTable inner)
            {
                return;
            }

            table = inner;
        }

        table[path[^1]] = value;
    }

    public HomeFile ToFile(string name) => new(name, TomlSerializer.Serialize(root, TomlContext.Default));

    private static TomlTable Parse(byte[] bytes) =>
        TomlSerializer.Deserialize<TomlTable>(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), TomlContext.Default)
        ?? new TomlTable();

    private static UserError Broken(string path, TomlException cause)
    {
        // The innermost of the nested messages has the place: «(line,column) : error : words».
        var inner = Place().Matches(cause.Message).LastOrDefault();
        var line = inner is null ? 1 : int.Parse(inner.Groups["line"].Value, CultureInfo.InvariantCulture);
        return new UserError(
            $"{new TextPlace(path, line)}: this is no TOML.",
            "Look for a missing quote, bracket or value there.",
            ExitCode.Usage,
            cause
        );
    }

    [GeneratedRegex(@"\((?<line>\d+),\d+\) : error", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
