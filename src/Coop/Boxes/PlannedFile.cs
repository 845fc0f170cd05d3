using System.Text;
using Coop.Storage;

namespace Coop.Boxes;

/// <summary>A small file Coop keeps for boxes in its own state. Its name holds a digest of its content, so runs share it and never change it.</summary>
internal sealed record PlannedFile(BytePath Path, string Content)
{
    /// <summary>With its place below Coop's state.</summary>
    /// <param name="name">What it is for; the digest comes behind it.</param>
    public static PlannedFile Shared(UserDirectories directories, string name, string content)
    {
        var digest = Digest.Of(Encoding.UTF8.GetBytes(content))[..12];
        return new PlannedFile(BytePath.From(directories.State).Join("files").Join($"{name}-{digest}"), content);
    }
}
