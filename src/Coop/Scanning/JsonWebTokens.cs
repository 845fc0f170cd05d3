using Coop.Detectors;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Finds JSON web tokens (RFC 7519): three parts of base64url, the first two JSON.</summary>
internal static class JsonWebTokens
{
    private const int Rank = 60;
    private const int ProviderRank = 90;
    private const int LongestPart = 6000;
    private const int LeastSignature = 20;

    private static readonly ByteSet Letters = new(('0', '9'), ('A', 'Z'), ('a', 'z'), ('-', '-'), ('_', '_'));

    public static void Visit(ReadOnlySpan<byte> text, int at, List<Hit> hits)
    {
        if (at > 0 && Letters.Contains(text[at - 1]) && text[at - 1] != '-' && !IsEscape(text, at))
        {
            return;
        }

        var headerEnd = at + Letters.RunLength(text, at, LongestPart);
        if (headerEnd + 1 >= text.Length || text[headerEnd] != '.')
        {
            return;
        }

        var payloadEnd = headerEnd + 1 + Letters.RunLength(text, headerEnd + 1, LongestPart);
        if (payloadEnd + 1 >= text.Length || text[payloadEnd] != '.')
        {
            return;
        }

        var end = payloadEnd + 1 + Letters.RunLength(text, payloadEnd + 1, LongestPart);
        var signature = text[(payloadEnd + 1)..end];
        if (
            signature.Length < LeastSignature
            || TokenChecks.Decode(text[at..headerEnd]) is not { } header
            || TokenChecks.Decode(text[(headerEnd + 1)..payloadEnd]) is not { } payload
            || header.AsSpan().IndexOf("\"alg\""u8) < 0
            || payload is not [(byte)'{', ..]
            || IsPublic(header, payload, signature)
        )
        {
            return;
        }

        var isServiceRole = payload.AsSpan().IndexOf("service_role"u8) >= 0;
        var kind = isServiceRole ? StructuralDetectors.ServiceRole : StructuralDetectors.JsonWebToken;
        hits.Add(Hit.Make(kind, at, end, isServiceRole ? ProviderRank : Rank, text[at..end]));
    }

    private static bool IsEscape(ReadOnlySpan<byte> text, int at) =>
        at >= 2 && text[at - 2] == '\\' && text[at - 1] is (byte)'n' or (byte)'r' or (byte)'t';

    // Unsigned, the example of jwt.io and its copies, and a role that everybody has.
    private static bool IsPublic(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature) =>
        header.IndexOf("\"none\""u8) >= 0
        || payload.IndexOf("1234567890"u8) >= 0
        || payload.IndexOf("John Doe"u8) >= 0
        || !NamesSomebody(payload)
        || payload.IndexOf("\"anon\""u8) >= 0
        || new ValueStrength(signature).Entropy < 3.5
        || Placeholder.IsTokenStandIn(signature);

    // A token that opens something says for whom, by whom or until when (RFC 7519, section 4.1; OpenID Connect).
    private static bool NamesSomebody(ReadOnlySpan<byte> payload) =>
        payload.IndexOf("\"exp\""u8) >= 0
        || payload.IndexOf("\"iat\""u8) >= 0
        || payload.IndexOf("\"sub\""u8) >= 0
        || payload.IndexOf("\"iss\""u8) >= 0
        || payload.IndexOf("\"aud\""u8) >= 0
        || payload.IndexOf("\"jti\""u8) >= 0
        || payload.IndexOf("role"u8) >= 0
        || payload.IndexOf("scope"u8) >= 0
        || payload.IndexOf("mail"u8) >= 0
        || payload.IndexOf("user"u8) >= 0;
}
