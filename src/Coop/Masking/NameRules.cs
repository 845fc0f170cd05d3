using Coop.Formats;
using Coop.Storage;

namespace Coop.Masking;

/// <summary>
/// Judges a path by its names alone, without the tree: the built-in rules, the <c>.coopignore</c> files that a walk read, the rules that
/// are remembered, and the user's exceptions. For names that appear after the walk; what a file <em>is</em> (another name of a
/// hidden one, a remembered one) only a walk tells.
/// </summary>
internal sealed class NameRules(IReadOnlyDictionary<BytePath, DirectoryRules> withFiles, UserExceptions exceptions)
{
    /// <summary>The first directory on the way that is hidden, or the path itself; null when no rule hides it.</summary>
    /// <param name="path">Relative to the root of the tree, not empty.</param>
    /// <param name="isDirectory">Whether the last name is one; those before it are.</param>
    public HiddenPath? Judge(BytePath path, bool isDirectory)
    {
        // A directory with a file of its own has all its rules listed; below the deepest of those the names lead on.
        var rules = withFiles.GetValueOrDefault(BytePath.Empty, DirectoryRules.BuiltIn);
        var bytes = path.Bytes;
        for (var start = 0; start < bytes.Length; )
        {
            var slash = bytes[start..].IndexOf((byte)'/');
            var end = slash < 0 ? bytes.Length : start + slash;
            var isLast = end == bytes.Length;
            var name = NameFold.Fold(bytes[start..end]);
            var here = BytePath.From(bytes[..end]);
            var isHere = !isLast || isDirectory;
            if (rules.Judge(name, isHere) is { } rule && !exceptions.Contains(here))
            {
                return new HiddenPath(here, isHere ? HiddenKind.Directory : HiddenKind.File, rule.Reason);
            }

            rules = withFiles.GetValueOrDefault(here) ?? rules.Enter(name);
            start = end + 1;
        }

        return null;
    }
}
