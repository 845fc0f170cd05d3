using System.Text.Json;

namespace Coop.AgentEvents;

/// <summary>Looks into one line of a stream without ever failing: what is missing or of another type reads as null. Names are UTF-8.</summary>
internal static class JsonLine
{
    /// <summary>The object a line holds; null when it holds none. The caller disposes it.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> line)
    {
        // Agents mix plain words into their streams; those need no exception.
        if (line.Length == 0 || line.Span.TrimStart(" \t"u8) is not [(byte)'{', ..])
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? Get(this JsonElement element, ReadOnlySpan<byte> name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // One of the names there has half of a surrogate pair.
            return null;
        }
    }

    public static JsonElement? Get(this JsonElement? element, ReadOnlySpan<byte> name) => element?.Get(name);

    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name)
    {
        if (element.Get(name) is not { ValueKind: JsonValueKind.String } value)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text.
            return null;
        }
    }

    /// <summary>It is this string.</summary>
    public static bool Is(this JsonElement? element, ReadOnlySpan<byte> text)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } value && value.ValueEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static string? Text(this JsonElement? element, ReadOnlySpan<byte> name) => element?.Text(name);

    public static long Number(this JsonElement? element, ReadOnlySpan<byte> name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : 0;

    public static long Number(this JsonElement element, ReadOnlySpan<byte> name) => ((JsonElement?)element).Number(name);

    public static decimal? Decimal(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number) ? number : null;

    public static bool IsTrue(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Get(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The elements of an array; none when it is no array.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement? element, ReadOnlySpan<byte> name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;
}
