namespace Coop.Formats;

/// <summary>The parts a pattern is made of.</summary>
internal enum GlobPartKind
{
    /// <summary>The bytes themselves.</summary>
    Literal,

    /// <summary><c>?</c>: one character.</summary>
    Any,

    /// <summary><c>[…]</c>: one character of a set.</summary>
    Class,

    /// <summary><c>*</c>: any number of characters.</summary>
    Star,
}
