namespace Coop.Logins;

/// <summary>Whether an account can be used, as far as its files tell.</summary>
internal enum AccountStanding
{
    Good,

    /// <summary>Its time is over, and nothing renews it.</summary>
    Expired,

    /// <summary>The file is not what the agent writes.</summary>
    Unreadable,
}
