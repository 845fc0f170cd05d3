using System.Buffers;
using Coop.Detectors;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Judges the values of names that speak of credentials.</summary>
internal ref struct NameScan(DetectorSet set, ReadOnlySpan<byte> text, List<Hit> hits)
{
    private const int LongestName = 80;
    private const int ShortestValue = 6;
    private const int NamedRank = 80;
    private const int LoginRank = 75;
    private const int ConnectionRank = 45;
    private const int AssignedRank = 40;
    private const int LooseRank = 30;
    private const int NearLines = 3;
    private const int NearBytes = 300;

    private static readonly SearchValues<byte> ExpressionSigns = SearchValues.Create(",)]{}|\\*"u8);
    private static readonly SearchValues<byte> Signs = SearchValues.Create("!@#%^&*?+=~"u8);
    private static readonly SearchValues<byte> LooseSigns = SearchValues.Create("!@#%^&*?+=~$_-."u8);

    private readonly ReadOnlySpan<byte> text = text;
    private int doneUpTo;

    /// <param name="at">In the name, where a word of credentials begins.</param>
    public void Visit(int at)
    {
        if (at < doneUpTo)
        {
            return;
        }

        var start = at;
        while (start > 0 && at - start < LongestName && IsNameByte(text[start - 1]))
        {
            start--;
        }

        var end = at;
        while (end < text.Length && end - at < LongestName && IsNameByte(text[end]))
        {
            end++;
        }

        while (start < at && text[start] is (byte)'-' or (byte)'.')
        {
            start++;
        }

        while (end > at && text[end - 1] is (byte)'-' or (byte)'.')
        {
            end--;
        }

        doneUpTo = end;
        NamedValueReader reader = new(text);
        if (reader.TryRead(start, end, out var value))
        {
            Judge(start, end, value);
        }
    }

    private static bool IsNameByte(byte value) =>
        char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or (byte)'-' or (byte)'.';

    private void Judge(int nameStart, int nameEnd, NamedValue place)
    {
        var value = WithoutScheme(text[place.Start..place.End].Trim(" \t"u8));
        if (value.Length < ShortestValue || (!place.IsQuoted && IsExpression(value, place.IsLoose)))
        {
            return;
        }

        // Before anything costs: nearly every name in source text ends here.
        if (value.IndexOfAnyInRange((byte)'0', (byte)'9') < 0 && !CouldBeSecretWithoutDigits(value))
        {
            return;
        }

        var name = NameAt(nameStart, nameEnd);
        if (name.Kind == NameKind.Other || Placeholder.IsReference(value) || Placeholder.IsStandIn(value))
        {
            return;
        }

        if (IsJudgedElsewhere(value) || IsSealed(place.Start, value))
        {
            return;
        }

        if (value.IndexOf((byte)'\\') >= 0)
        {
            value = Escapes.Remove(value);
        }

        if (Repeats(name, value))
        {
            return;
        }

        if (TryAddNamed(name, place, value) || TryAddLogin(name, place, value))
        {
            return;
        }

        ValueStrength strength = new(value);
        var isSecret = name.Kind switch
        {
            NameKind.Password => place.IsLoose ? strength.IsBeyondDoubt || IsLoosePassword(value, strength) : strength.IsPassword,
            NameKind.Secret => place.IsLoose ? strength.IsBeyondDoubt : strength.IsPassword,
            _ => place.IsLoose ? strength.IsBeyondDoubt : strength.IsRandom,
        };
        if (isSecret)
        {
            AddAssigned(name, place, value);
        }
    }

    // A call or an index; where nothing joins it to the name also a list.
    private static bool IsExpression(ReadOnlySpan<byte> value, bool isLoose) =>
        value.IndexOfAny((byte)'(', (byte)'[') >= 0 || (isLoose && value.ContainsAny(ExpressionSigns));

    // A constant that is called as what it holds.
    private static bool Repeats(CredentialName name, ReadOnlySpan<byte> value)
    {
        var joined = new CredentialName(value).Joined;
        return name.Joined.Contains(joined, StringComparison.Ordinal) || joined.Contains(name.Joined, StringComparison.Ordinal);
    }

    // A JSON web token: its own rules say which are public.
    private static bool IsJudgedElsewhere(ReadOnlySpan<byte> value) => value.StartsWith("eyJ"u8) && value.Contains((byte)'.');

    // Encrypted for a cluster: bitnami's SealedSecret.
    private readonly bool IsSealed(int start, ReadOnlySpan<byte> value)
    {
        const int Shortest = 100;
        const int Farthest = 8192;
        return value.Length > Shortest
            && value.StartsWith("Ag"u8)
            && text[Math.Max(0, start - Farthest)..start].IndexOf("SealedSecret"u8) >= 0;
    }

    // "API Key": the word before tells what the key opens.
    private readonly CredentialName NameAt(int start, int end)
    {
        CredentialName name = new(text[start..end]);
        if (name.Kind != NameKind.Other || start < 2 || text[start - 1] != ' ')
        {
            return name;
        }

        var wordStart = start - 1;
        while (wordStart > 0 && char.IsAsciiLetter((char)text[wordStart - 1]) && start - wordStart < LongestName)
        {
            wordStart--;
        }

        return new CredentialName(text[wordStart..end]);
    }

    private static bool CouldBeSecretWithoutDigits(ReadOnlySpan<byte> value)
    {
        const int Shortest = 8;
        return value.Length >= Shortest && value.IndexOfAny(" \t"u8) < 0 && (value.Length >= 16 || value.ContainsAny(Signs));
    }

    private static bool IsLoosePassword(ReadOnlySpan<byte> value, ValueStrength strength) =>
        value.Length >= 10
        && strength.IsPassword
        && strength.HasDigits
        && value.ContainsAny(LooseSigns)
        && value.IndexOfAny("/()<>"u8) < 0;

    // "Bearer x", "token x": the scheme of an Authorization header belongs to the protocol.
    private static ReadOnlySpan<byte> WithoutScheme(ReadOnlySpan<byte> value)
    {
        const int LongestScheme = 10;
        var blank = value.IndexOf((byte)' ');
        return
            blank is > 2 and < LongestScheme
            && !value[..blank].ContainsAnyExceptInRange((byte)'A', (byte)'z')
            && value[(blank + 1)..].IndexOf((byte)' ') < 0
            ? value[(blank + 1)..]
            : value;
    }

    private readonly bool TryAddNamed(CredentialName name, NamedValue place, ReadOnlySpan<byte> value)
    {
        foreach (var kind in set.Named)
        {
            if (!kind.Words.Any(name.Mentions) || !HasTail(name, kind) || !kind.Shape.MatchesAll(value))
            {
                continue;
            }

            ValueStrength strength = new(value);
            if (strength.Entropy >= kind.LeastEntropy)
            {
                hits.Add(Hit.Make(kind, place.Start, place.End, NamedRank, value));
                return true;
            }
        }

        return TryAddNear(name, place, value);
    }

    private static bool HasTail(CredentialName name, SecretDetector kind) =>
        kind.Tails.Count == 0 || kind.Tails.Any(tail => name.Joined.Contains(tail, StringComparison.Ordinal));

    // "datadog:" in one line and "api_key: …" in the next: only words that mean nothing else, and values that are chance.
    private readonly bool TryAddNear(CredentialName name, NamedValue place, ReadOnlySpan<byte> value)
    {
        const int ShortestWord = 6;
        const int ShortestValueNear = 20;
        ValueStrength strength = new(value);
        if (value.Length < ShortestValueNear || !(strength.IsRandom || strength.IsGuid))
        {
            return false;
        }

        var first = Math.Max(0, place.Start - NearBytes);
        var before = text[first..place.Start];
        for (var line = 0; line <= NearLines; line++)
        {
            var end = before.LastIndexOf((byte)'\n');
            if (end < 0)
            {
                end = 0;
                line = NearLines;
            }

            before = before[..end];
        }

        var near = System.Text.Encoding.Latin1.GetString(text[(first + before.Length)..place.Start]).ToLowerInvariant();
        foreach (var kind in set.Named)
        {
            if (
                kind.Words.Any(word => word.Length >= ShortestWord && near.Contains(word, StringComparison.Ordinal))
                && HasTail(name, kind)
                && kind.Shape.MatchesAll(value)
                && strength.Entropy >= kind.LeastEntropy
            )
            {
                hits.Add(Hit.Make(kind, place.Start, place.End, NamedRank, value));
                return true;
            }
        }

        return false;
    }

    // config.json of docker: "auth": base64 of name:secret.
    private readonly bool TryAddLogin(CredentialName name, NamedValue place, ReadOnlySpan<byte> value)
    {
        if (!name.Joined.EndsWith("auth", StringComparison.Ordinal) || TokenChecks.DecodePair(value) is not { } pair)
        {
            return false;
        }

        var secret = pair.AsSpan(pair.AsSpan().IndexOf((byte)':') + 1);
        if (Placeholder.IsStandIn(secret))
        {
            return true;
        }

        hits.Add(Hit.Make(StructuralDetectors.DockerLogin, place.Start, place.End, LoginRank, value));
        return true;
    }

    private readonly void AddAssigned(CredentialName name, NamedValue place, ReadOnlySpan<byte> value)
    {
        var kind = name.Kind switch
        {
            NameKind.Password => StructuralDetectors.Password,
            NameKind.Secret => StructuralDetectors.Secret,
            _ => StructuralDetectors.Key,
        };
        var rank =
            place.IsLoose ? LooseRank
            : name.Kind == NameKind.Password ? ConnectionRank
            : AssignedRank;
        hits.Add(Hit.Make(kind, place.Start, place.End, rank, value));
    }
}
