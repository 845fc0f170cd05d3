using System.Text;

namespace Coop.Values;

/// <summary>The name of a value, in words: <c>dbPassword_2</c> is <c>db password 2</c>.</summary>
internal sealed class CredentialName
{
    private static readonly string[] PasswordEndings =
    [
        "password",
        "passwd",
        "passwort",
        "kennwort",
        "passphrase",
        "passcode",
        "pwd",
        "userpass",
        "dbpass",
        "requirepass",
        "masterauth",
        "rootpass",
        "adminpass",
        "smtppass",
        "mailpass",
        "senha",
        "contrasena",
        "motdepasse",
    ];

    private static readonly HashSet<string> PasswordWords = Set("pass pw psk passe passw");

    private static readonly string[] SecretEndings = ["secret", "secrets", "credential", "credentials", "salt", "pepper"];

    private static readonly string[] TokenEndings =
    [
        "token",
        "tokens",
        "apikey",
        "secretkey",
        "accesskey",
        "authkey",
        "privatekey",
        "accountkey",
        "masterkey",
        "signingkey",
        "encryptionkey",
        "licensekey",
    ];

    private static readonly HashSet<string> TokenWords = Set("auth authorization bearer creds cred jwt authtoken pat");

    // Of a key: what it opens is named before it. These open nothing.
    private static readonly HashSet<string> HarmlessKeys = Set(
        "public pub cache sort partition foreign publishable site row map object dict idempotency etag translation i18n message locale routing range order group unique composite "
            + "natural registry shortcut hot press char event file image resource node react lookup index field column attribute param config setting feature flag item list entry "
            + "property sitemap verification press pressed down up arrow enter any each this that same right left first last next previous for by in of with duplicate missing unknown invalid no "
            + "recv websocket known authorized surrogate composite join host hostkey recaptcha captcha gpg pgp anon cell metadata label annotation topic hashed fingerprint"
    );

    private static readonly HashSet<string> HarmlessTokens = Set(
        "csrf xsrf page next continuation cancellation cancel design color colour lexer syntax sync stop eos bos pad unk mask special keyword comment punctuation max num total input output prompt completion "
            + "start end previous first last begin close open left right paren brace string operator public publishable site verification bad count n per anon forgery antiforgery"
    );

    // Behind the noun: the value tells of the secret, it is not the secret.
    private static readonly HashSet<string> HarmlessTails = Set(
        "name names id ids type types url urls uri uris path paths file files filename dir directory folder rule rules regex regexp pattern patterns policy hint label message messages msg title desc "
            + "description prompt placeholder field fields input column columns length len min max size count limit limits ttl expiry expires expiration expired expire timeout age hash hashes hashed digest algorithm alg "
            + "provider providers issuer endpoint host header headers prefix suffix format version store manager service class error errors exception reset forgot change confirm confirmation "
            + "colour color public node word words index map list set get getter setter factory builder parser reader writer handler helper util utils test tests spec mode state status info "
            + "required enabled disabled visible strength validator validation check checks checker regexpr cache bucket scope scopes audience aud ref reference refs env var variable arn location "
            + "resource kind category group groups usage owner rotation rotate days hours minutes seconds ms interval date time at created updated encoding charset button link text icon form dialog page "
            + "view template sha sha1 sha256 sha512 md5 checksum fingerprint thumbprint cert certificate crt csr pub request response callback event listener generator source sources sourced "
            + "notice alert warning help question answer match matcher match matches mismatch comparison comparer schema model entity table record row attribute property key_id keyid algo iv nonce "
            + "identifier stream position pos offset line lines kinds range span vocabulary embedding embeddings budget bits cost price symbol address code codes config configuration settings options option "
            + "plugin module import export function method call arg args param params parameter parameters default_name issuer_url client user username email login"
    );

    private readonly List<string> words = [];

    public CredentialName(ReadOnlySpan<byte> name)
    {
        var start = 0;
        for (var at = 1; at <= name.Length; at++)
        {
            if (at == name.Length || EndsWord(name, at))
            {
                AddWord(name[start..at]);
                start = at;
            }
        }

        Joined = string.Concat(words);
        Kind = Classify();
    }

    public NameKind Kind { get; }

    /// <summary>The words without anything between them.</summary>
    public string Joined { get; }

    public IReadOnlyList<string> Words => words;

    /// <summary>True when a word of the name, or the name without separators, is this word; long words also as a part of one.</summary>
    public bool Mentions(string word)
    {
        const int ShortestPart = 4;
        return word.Length >= ShortestPart
            ? Joined.Contains(word.Replace("_", "", StringComparison.Ordinal), StringComparison.Ordinal)
            : words.Contains(word);
    }

    private static bool EndsWord(ReadOnlySpan<byte> name, int at)
    {
        var before = (char)name[at - 1];
        var next = (char)name[at];
        return !char.IsAsciiLetterOrDigit(next)
            || !char.IsAsciiLetterOrDigit(before)
            || (char.IsAsciiLetterLower(before) && char.IsAsciiLetterUpper(next))
            || (
                char.IsAsciiLetterUpper(before)
                && char.IsAsciiLetterUpper(next)
                && at + 1 < name.Length
                && char.IsAsciiLetterLower((char)name[at + 1])
            );
    }

    private void AddWord(ReadOnlySpan<byte> word)
    {
        if (char.IsAsciiLetterOrDigit((char)word[0]))
        {
            words.Add(Encoding.ASCII.GetString(word).ToLowerInvariant());
        }
    }

    private NameKind Classify()
    {
        for (var index = words.Count - 1; index >= 0; index--)
        {
            var kind = KindAt(index);
            if (kind != NameKind.Other)
            {
                return kind;
            }

            if (HarmlessTails.Contains(words[index]))
            {
                return NameKind.Other;
            }
        }

        return NameKind.Other;
    }

    private NameKind KindAt(int index)
    {
        // "password2" names the second one.
        var word = words[index].TrimEnd("0123456789".ToCharArray());
        var before = index > 0 ? words[index - 1] : "";
        if (PasswordWords.Contains(word) || Ends(word, PasswordEndings))
        {
            return NameKind.Password;
        }

        if (Ends(word, SecretEndings))
        {
            return NameKind.Secret;
        }

        if (word is "key" or "keys")
        {
            return index > 0 && !HarmlessKeys.Contains(before) ? NameKind.Key : NameKind.Other;
        }

        return (Ends(word, TokenEndings) || TokenWords.Contains(word)) && !HarmlessTokens.Contains(before)
            ? NameKind.Key
            : NameKind.Other;
    }

    private static bool Ends(string word, string[] endings) =>
        endings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal));

    private static HashSet<string> Set(string text) => new(text.Split(' '), StringComparer.Ordinal);
}
