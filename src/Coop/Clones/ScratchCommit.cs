using System.Globalization;
using System.Text;

namespace Coop.Clones;

/// <summary>A commit of a fork; every text as its author wrote it, to be cleaned before it is printed.</summary>
/// <param name="Id">The whole object name.</param>
/// <param name="Parents">Whole object names.</param>
/// <param name="Message">Subject and body.</param>
internal sealed record ScratchCommit(
    string Id,
    IReadOnlyList<string> Parents,
    string Author,
    string AuthorEmail,
    DateTimeOffset Authored,
    string Message
)
{
    /// <summary>For <c>git log -z</c>: a line each, then the message up to the NUL. Names hold no newline.</summary>
    public const string Format = "%H%n%P%n%an%n%ae%n%at%n%B";

    public string Subject => Message.Split('\n')[0];

    public string ShortId => Id[..10];

    public static IReadOnlyList<ScratchCommit> Parse(ReadOnlySpan<byte> output)
    {
        List<ScratchCommit> commits = [];
        foreach (var range in output.Split((byte)0))
        {
            var fields = Encoding.UTF8.GetString(output[range]).Split('\n', 6);
            if (fields is [{ Length: >= 40 } id, var parents, var author, var email, var seconds, var message])
            {
                _ = long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time);
                commits.Add(
                    new ScratchCommit(
                        id,
                        parents.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                        author,
                        email,
                        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(time, 0, 253_402_300_799)),
                        message.TrimEnd('\n')
                    )
                );
            }
        }

        return commits;
    }
}
