using Coop.Detectors;

namespace Coop.Scanning;

/// <summary>One pass over a text: every anchor that stands in it is handed to what it announces.</summary>
/// <param name="hits">Where hits are added, in no order and with overlaps.</param>
/// <param name="isText">False for binary content: only tokens with a mark of their own and private keys are looked for.</param>
/// <param name="isDerived">The text was decoded or put together from another one, which is not done a second time.</param>
internal ref struct TextScan(DetectorSet set, ReadOnlySpan<byte> text, bool isText, bool isDerived, List<Hit> hits)
{
    private const int TokenRank = 100;
    private const int KeyRank = 110;
    private const int UrlRank = 50;

    private readonly ReadOnlySpan<byte> text = text;
    private NameScan names = new(set, text, hits);
    private int joinedUpTo;
    private int keyUpTo;
    private int insertUpTo;

    public void Run(CancellationToken cancellationToken)
    {
        const int Often = 0xffff;
        var visited = 0;
        for (var at = set.Index.Next(text, 0, out var anchors); at >= 0; at = set.Index.Next(text, at + 1, out anchors))
        {
            VisitThose(anchors.Longer, at);
            VisitThose(anchors.Shorter, at);

            if ((++visited & Often) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        if (isText && !isDerived)
        {
            EncodedRuns.Scan(set, text, hits, cancellationToken);
        }
    }

    private void VisitThose(ReadOnlySpan<int> anchors, int at)
    {
        foreach (var anchor in anchors)
        {
            if (set.Index.StandsAt(text, at, anchor))
            {
                Visit(anchor, at);
            }
        }
    }

    private void Visit(int anchor, int at)
    {
        switch (set.RoleOf(anchor))
        {
            case AnchorRole.Token:
                VisitToken(anchor, at);
                break;
            case AnchorRole.PrivateKey when at >= keyUpTo:
                if (PrivateKeys.TryFind(text, at, out var keyEnd))
                {
                    AddKey(at, keyEnd);
                }

                break;
            case AnchorRole.PuttyKey when at >= keyUpTo:
                if (PrivateKeys.TryFindPutty(text, at, out var puttyEnd))
                {
                    AddKey(at, puttyEnd);
                }

                break;
            case AnchorRole.JsonWebToken:
                JsonWebTokens.Visit(text, at, hits);
                break;
            default:
                if (isText)
                {
                    VisitInText(anchor, at);
                }

                break;
        }
    }

    private void VisitInText(int anchor, int at)
    {
        switch (set.RoleOf(anchor))
        {
            case AnchorRole.Name:
                names.Visit(at);
                break;
            case AnchorRole.Url:
                if (UrlPasswords.TryFind(text, at, set.LengthOf(anchor), out var place))
                {
                    var password = text[place.PasswordStart..place.PasswordEnd];
                    hits.Add(Hit.Make(StructuralDetectors.UrlPassword, place.Start, place.PasswordEnd, UrlRank, password));
                }

                break;
            case AnchorRole.Header:
                LoginHeaders.Visit(text, at, at + set.LengthOf(anchor), hits);
                break;
            case AnchorRole.CommandLine:
                CommandLinePasswords.Visit(text, at, set.LengthOf(anchor), hits);
                break;
            case AnchorRole.Kubernetes when !isDerived:
                KubernetesSecrets.Visit(set, text, at, hits);
                break;
            case AnchorRole.PasswordFile:
                PasswordFiles.Visit(text, at, hits);
                break;
            case AnchorRole.OracleUrl:
                OraclePasswords.VisitUrl(text, at + set.LengthOf(anchor), hits);
                break;
            case AnchorRole.Identified:
                SqlPasswords.VisitIdentified(text, at + set.LengthOf(anchor) - 1, hits);
                break;
            case AnchorRole.Insert when at >= insertUpTo:
                insertUpTo = SqlPasswords.VisitInsert(text, at + set.LengthOf(anchor), hits);
                break;
            case AnchorRole.Join when !isDerived && at >= joinedUpTo:
                joinedUpTo = JoinedLiterals.Scan(set, text, at, hits);
                break;
            default:
                break;
        }
    }

    private void VisitToken(int anchor, int at)
    {
        var length = set.LengthOf(anchor);
        foreach (var detector in set.DetectorsOf(anchor))
        {
            if (TokenMatcher.TryMatch(text, at, length, detector, out var start, out var end))
            {
                hits.Add(Hit.Make(detector, start, end, TokenRank, text[start..end]));
                return;
            }
        }
    }

    private void AddKey(int start, int end)
    {
        keyUpTo = end;
        hits.Add(Hit.Make(StructuralDetectors.PrivateKey, start, end, KeyRank, text[start..end]));
    }
}
