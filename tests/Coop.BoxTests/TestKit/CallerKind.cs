namespace Coop.BoxTests.TestKit;

/// <summary>Who types the command.</summary>
public enum CallerKind
{
    Root,

    /// <summary>An ordinary account: the test user that eng/engines.sh makes when the tests run as root, else whoever runs them.</summary>
    Ordinary,
}
