using Coop.Errors;
using Coop.Formats;
using Coop.Storage;

namespace Coop.Masking;

/// <summary>Judges paths of which there is only the name: those of commits. The same rules as for a tree, read from the user's own <c>.coopignore</c> files.</summary>
/// <param name="root">The user's tree; no link in it is followed.</param>
internal sealed class HiddenNames(BytePath root, UserExceptions exceptions)
{
    private readonly Dictionary<BytePath, DirectoryRules> known = new(BytePathComparer.Instance);

    /// <summary>Why a box would not see a file of that path; null when it would.</summary>
    /// <param name="path">Relative to the root.</param>
    public HiddenReason? Judge(BytePath path)
    {
        if (exceptions.Contains(path))
        {
            return null;
        }

        Stack<BytePath> parts = new();
        for (var at = path; !at.IsEmpty; at = at.Parent)
        {
            parts.Push(at);
        }

        foreach (var part in parts)
        {
            Span<byte> buffer = new byte[NameFold.BufferSize(part.Name.Length)];
            var name = NameFold.Fold(part.Name, buffer);
            if (!name.IsEmpty && RulesIn(part.Parent).Judge(name, isDirectory: !ReferenceEquals(part, path)) is { } rule)
            {
                return rule.Reason;
            }
        }

        return null;
    }

    private DirectoryRules RulesIn(BytePath directory)
    {
        if (known.TryGetValue(directory, out var rules))
        {
            return rules;
        }

        if (directory.IsEmpty)
        {
            rules = DirectoryRules.BuiltIn;
        }
        else
        {
            Span<byte> buffer = new byte[NameFold.BufferSize(directory.Name.Length)];
            rules = RulesIn(directory.Parent).Enter(NameFold.Fold(directory.Name, buffer));
        }

        var file = directory.Join(".coopignore");
        if (TryRead(file) is { } content)
        {
            rules = rules.With(CoopIgnore.Parse(content, file));
        }

        known[directory] = rules;
        return rules;
    }

    private byte[]? TryRead(BytePath file)
    {
        try
        {
            return SafeFile.Read(root, file, CoopIgnore.LargestFile);
        }
        catch (UserError) when (!file.Parent.IsEmpty)
        {
            // Below a link or something unreadable no file of the user's rules lies.
            return null;
        }
    }
}
