namespace Coop.BoxTests.TestKit;

/// <summary>To whom the files of a repository belong.</summary>
public enum TreeOwner
{
    Caller,

    /// <summary>The uid of most box images, which need not exist on the host.</summary>
    Uid1000,

    /// <summary>The ordinary account, whose uid is not 1000 where somebody else has that.</summary>
    Ordinary,
}
