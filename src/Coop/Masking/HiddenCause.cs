namespace Coop.Masking;

/// <summary>Why a path is hidden.</summary>
internal enum HiddenCause
{
    /// <summary>A built-in name.</summary>
    BuiltInName,

    /// <summary>A line of a <c>.coopignore</c>.</summary>
    IgnoreFile,

    /// <summary>A line that a <c>.coopignore</c> once had.</summary>
    RememberedRule,

    /// <summary>The scanner found a secret in it.</summary>
    Content,

    /// <summary>Another name (a hard link) of a hidden file.</summary>
    OtherName,

    /// <summary>What a link with a hidden name leads to.</summary>
    LinkTarget,

    /// <summary>A file or directory that was hidden before, under another name or by a rule that is gone.</summary>
    Remembered,

    /// <summary>The bytes of a file that was hidden before.</summary>
    RememberedContent,

    /// <summary>Not a regular file.</summary>
    Special,
}
