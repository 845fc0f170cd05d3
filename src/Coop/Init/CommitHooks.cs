namespace Coop.Init;

/// <summary>Who looks at commits of a repository now.</summary>
internal enum CommitHooks
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Credentials are looked for already.</summary>
    Checked,

    /// <summary>The user's own hooks, in the git directory.</summary>
    Private,

    /// <summary>The hooks of another directory, by <c>core.hooksPath</c>.</summary>
    Elsewhere,
}
