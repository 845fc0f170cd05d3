using System.Text;
using System.Text.Json;
using Coop.AgentEvents;

namespace Coop.Agents;

/// <summary>Reads when credentials end, whatever else a file holds; no value of it leaves here.</summary>
internal static class CredentialJson
{
    /// <summary>The term as the agent's own form tells it; unreadable when the file is no JSON object.</summary>
    public static CredentialTerm Read(ReadOnlyMemory<byte> content, Func<JsonElement, CredentialTerm> term)
    {
        using var document = JsonLine.Parse(Trimmed(content));
        return document is null ? CredentialTerm.Unreadable : term(document.RootElement);
    }

    public static CredentialTerm Term(DateTimeOffset? expires, string? refreshToken) =>
        new(true, expires, refreshToken is { Length: > 0 });

    /// <summary>Null for a number that is no time.</summary>
    public static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    /// <summary>When a JSON web token ends (RFC 7519, claim <c>exp</c>); null when it is none or does not tell.</summary>
    public static DateTimeOffset? TokenEnd(string? token)
    {
        if (token?.Split('.') is not [_, var claims, _])
        {
            return null;
        }

        try
        {
            var text = claims.Replace('-', '+').Replace('_', '/');
            using var document = JsonLine.Parse(Convert.FromBase64String(text + new string('=', (4 - (text.Length % 4)) % 4)));
            return document?.RootElement.Number("exp"u8) is > 0 and < 253_402_300_800 and var seconds
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> Trimmed(ReadOnlyMemory<byte> content)
    {
        var text = content.Span.StartsWith(Encoding.UTF8.Preamble) ? content[3..] : content;
        var start = text.Span.IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0 ? default : text[start..];
    }
}
