using System.Text.Json;
using Coop.Configuration;
using Coop.Storage;

namespace Coop.Images;

/// <summary>The records of built images, a small file for each engine and tag. A lost or damaged one costs a build its memory, nothing else.</summary>
internal sealed class ImageRecords(UserDirectories directories)
{
    private const int LimitBytes = 64 * 1024;

    /// <summary>Null when Coop has not built it here.</summary>
    public ImageRecord? Find(EngineKind engine, string tag)
    {
        try
        {
            return BoundedFile.Read(PathOf(engine, tag), LimitBytes) is { } bytes
                ? JsonSerializer.Deserialize(bytes, ImageJsonContext.Default.ImageRecord)
                : null;
        }
        catch (Exception cause) when (cause is IOException or JsonException)
        {
            return null;
        }
    }

    public void Keep(EngineKind engine, string tag, ImageRecord record) =>
        AtomicFile.Write(PathOf(engine, tag), JsonSerializer.SerializeToUtf8Bytes(record, ImageJsonContext.Default.ImageRecord));

    // A tag may hold slashes and colons.
    private string PathOf(EngineKind engine, string tag) =>
        Path.Combine(directories.State, "images", $"{engine.Name()}-{Uri.EscapeDataString(tag)}");
}
