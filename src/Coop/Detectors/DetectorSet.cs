using System.Text;

namespace Coop.Detectors;

/// <summary>All detectors, ready to be searched for: the anchors in one index, each with what it announces.</summary>
internal sealed class DetectorSet
{
    // What names of credentials have in them; see CredentialName for what then counts.
    private static readonly string[] NameParts =
        "pass pwd secret token key auth cred salt _pw psk kennwort senha bearer jwt pepper _pat certificate".Split(' ');

    private static readonly string[] Programs =
    [
        "curl ",
        "sshpass ",
        "mysql",
        "wget ",
        "smbclient ",
        "ldapsearch ",
        "redis-cli ",
        "http ",
        "docker login",
        "podman login",
        "nerdctl login",
        "buildah login",
        "skopeo login",
        "registry login",
        "oras login",
        "az login",
        "oc login",
        "mongo",
        "sqlcmd ",
        "sqlplus ",
    ];

    // A closing quote and what joins it to another literal, in most languages.
    private static readonly string[] Joins =
        "\" +|\"+\"|\"+ |' +|'+'|'+ |\" .|' .|\" &|\".\"|'.'|\"\n |'\n |\" \\|\"\n\t|\"\r\n|\" ~|` +".Split('|');

    private readonly List<(byte[] Text, bool IgnoresCase)> texts = [];
    private readonly List<(AnchorRole Role, SecretDetector[] Detectors)> announced = [];

    public DetectorSet(DetectorCatalog catalog)
    {
        Named = catalog.Named;
        var anchors = catalog.Anchored.SelectMany(kind => kind.Anchors, (kind, anchor) => (kind, anchor));
        foreach (var group in anchors.GroupBy(pair => pair.anchor, StringComparer.Ordinal))
        {
            Add(AnchorRole.Token, group.Key, false, [.. group.Select(pair => pair.kind)]);
        }

        AddAll(AnchorRole.Name, NameParts, true);
        AddAll(AnchorRole.Url, ["://", @":\/\/"], false);
        AddAll(AnchorRole.PrivateKey, ["-----BEGIN"], false);
        AddAll(AnchorRole.PuttyKey, ["Private-Lines:"], false);
        AddAll(AnchorRole.JsonWebToken, ["eyJ"], false);
        AddAll(AnchorRole.Header, ["basic ", "bearer "], true);
        AddAll(AnchorRole.CommandLine, Programs, false);
        AddAll(AnchorRole.Kubernetes, ["kind: Secret", "\"kind\": \"Secret\""], false);
        AddAll(AnchorRole.PasswordFile, [":5432:"], false);
        AddAll(AnchorRole.OracleUrl, ["jdbc:oracle:"], false);
        AddAll(AnchorRole.Identified, ["identified "], true);
        AddAll(AnchorRole.Insert, ["insert into "], true);
        AddAll(AnchorRole.Join, Joins, false);
        Index = new AnchorIndex(texts);
    }

    public AnchorIndex Index { get; }

    /// <summary>Kinds that the name before a value tells.</summary>
    public IReadOnlyList<SecretDetector> Named { get; }

    public AnchorRole RoleOf(int anchor) => announced[anchor].Role;

    public ReadOnlySpan<SecretDetector> DetectorsOf(int anchor) => announced[anchor].Detectors;

    public int LengthOf(int anchor) => texts[anchor].Text.Length;

    private void AddAll(AnchorRole role, string[] anchors, bool ignoresCase)
    {
        foreach (var anchor in anchors)
        {
            Add(role, anchor, ignoresCase);
        }
    }

    private void Add(AnchorRole role, string anchor, bool ignoresCase, params SecretDetector[] detectors)
    {
        texts.Add((Encoding.UTF8.GetBytes(anchor), ignoresCase));
        announced.Add((role, detectors));
    }
}
