using System.Text.Json;
using Coop.Terminal;

namespace Coop.Images;

/// <summary>Reads <c>npm ls --global --depth=0 --json</c>.</summary>
internal static class PackageList
{
    /// <summary>«name version», sorted; empty for anything that is no such list.</summary>
    public static IReadOnlyList<string> Lines(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("dependencies", out var all)
                ?
                [
                    .. all.EnumerateObject()
                        .Select(package =>
                            package.Value.TryGetProperty("version", out var version)
                                ? PlainText.CleanLine($"{package.Name} {version}")
                                : PlainText.CleanLine(package.Name)
                        )
                        .Order(StringComparer.Ordinal),
                ]
                : [];
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
