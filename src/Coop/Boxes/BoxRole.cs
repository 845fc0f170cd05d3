namespace Coop.Boxes;

/// <summary>What a box is for; decides what of the user's it gets. The label <c>coop.role</c> carries it.</summary>
internal enum BoxRole
{
    /// <summary><c>coop run</c>.</summary>
    Run,

    /// <summary><c>coop shell</c>.</summary>
    Shell,

    /// <summary><c>coop claude</c> and its like.</summary>
    Agent,

    /// <summary>A gate on a commit that is to land: gets nothing of the user's, since what it runs was written by an agent.</summary>
    Gate,

    /// <summary>Installs a repository's tools: its tree and its directory of tools, nothing else of the user's.</summary>
    Provision,

    /// <summary><c>coop build</c> on bubblewrap: fills the directory of agents; gets nothing of the user's, and the network whatever the setting says.</summary>
    Build,

    /// <summary><c>coop login</c>: an agent's home and nothing else of the user's.</summary>
    Login,

    /// <summary><c>coop demo</c>: gets nothing of the user's.</summary>
    Demo,

    /// <summary><c>coop doctor</c>: gets nothing of the user's either.</summary>
    Doctor,
}
