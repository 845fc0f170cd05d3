using System.Text;
using Coop.Scanning;

namespace Coop.TestKit;

/// <summary>Values of the forms that providers give, made when a test runs: no file holds one.</summary>
internal static class SomeSecrets
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string GitHubToken { get; } = MakeGitHubToken(1);

    public static string OtherGitHubToken { get; } = MakeGitHubToken(2);

    /// <summary>Letters and digits by chance, the same for the same seed.</summary>
    public static string Letters(int length, int seed)
    {
        Random random = new(seed);
        return string.Concat(Enumerable.Range(0, length).Select(_ => Base62[random.Next(Base62.Length)]));
    }

    private static string MakeGitHubToken(int seed)
    {
        var body = Letters(30, seed);
        var checksum = Crc32.Of(Encoding.ASCII.GetBytes(body));
        var end = new char[6];
        for (var at = end.Length - 1; at >= 0; at--)
        {
            end[at] = Base62[(int)(checksum % 62)];
            checksum /= 62;
        }

        return "gh" + "p_" + body + new string(end);
    }
}
