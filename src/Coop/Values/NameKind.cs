namespace Coop.Values;

/// <summary>What a name says its value is.</summary>
internal enum NameKind
{
    /// <summary>Nothing secret.</summary>
    Other,

    /// <summary>A key or a token, which a machine made.</summary>
    Key,

    /// <summary>A secret, which a machine or a person made.</summary>
    Secret,

    /// <summary>A password, which a person may have chosen.</summary>
    Password,
}
