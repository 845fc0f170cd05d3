using Coop.Formats;
using Coop.Storage;

namespace Coop.Masking;

/// <summary>A pattern with the place it comes from.</summary>
/// <param name="file">The <c>.coopignore</c>, relative to the root of the tree; null for a built-in name.</param>
/// <param name="line">Counts from 1; 0 for a built-in name.</param>
/// <param name="isRemembered">The file no longer has it.</param>
internal sealed class IgnoreRule(IgnorePattern pattern, BytePath? file, int line, bool isRemembered = false)
{
    public IgnorePattern Pattern => pattern;

    public BytePath? File => file;

    public int Line => line;

    /// <summary>
    /// Spells the end of a template's or a public key's name, as <c>*.pub</c> and <c>db.example</c> do; only such a rule of a
    /// <c>.coopignore</c> hides one, a broad one like <c>.env*</c> does not.
    /// </summary>
    public bool NamesTemplate { get; } = file is not null && pattern.Name is { } name && PathRules.IsTemplate(name.Tail);

    public HiddenReason Reason =>
        new(
            file is null ? HiddenCause.BuiltInName
                : isRemembered ? HiddenCause.RememberedRule
                : HiddenCause.IgnoreFile,
            pattern.Text
        )
        {
            File = file,
            Line = line,
        };

    /// <summary>The same rule, once its file has lost it.</summary>
    public IgnoreRule AsRemembered() => isRemembered ? this : new IgnoreRule(pattern, file, line, isRemembered: true);

    /// <summary>Whether the rule may speak about a name at all.</summary>
    public bool Applies(bool isDirectory, bool isTemplate) =>
        (isDirectory || !pattern.DirectoriesOnly) && (NamesTemplate || !isTemplate);
}
