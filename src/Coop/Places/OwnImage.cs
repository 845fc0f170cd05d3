using Coop.Native;
using Coop.Storage;

namespace Coop.Places;

/// <summary>The image that a repository describes itself, in a file at its top.</summary>
internal static class OwnImage
{
    public const string FileName = "Dockerfile.agent";

    /// <summary>True when the repository has the file; a link is none, since it could lead out of it.</summary>
    public static bool IsIn(BytePath root) =>
        FileQuestion.StatusOfLink(CString.From(root.Join(FileName).Bytes)) is { IsRegular: true };
}
