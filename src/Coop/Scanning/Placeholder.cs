using System.Buffers;
using System.Text;

namespace Coop.Scanning;

/// <summary>Recognises values that stand for a secret without being one.</summary>
internal static class Placeholder
{
    private const int LongestTold = 256;
    private const int LongestSequence = 7;
    private const int LongestRepetition = 6;

    // Words nobody's random value holds; in lower case.
    private static readonly SearchValues<string> Telling = SearchValues.Create(
        [
            "example",
            "xxxx",
            "your_",
            "your-",
            "yourtoken",
            "yourkey",
            "yoursecret",
            "yourpassword",
            "your.",
            "placeholder",
            "changeme",
            "change_me",
            "change-me",
            "changeit",
            "redacted",
            "replaceme",
            "replace_",
            "replace-",
            "insert-",
            "insert_",
            "<your",
            "dummy",
            "notreal",
            "not-a-real",
            "not_a_real",
            "not-real",
            "fake",
            "foobar",
            "foo_bar",
            "lorem",
            "todo",
            "fixme",
            "masked",
            "removed",
            "hidden_",
            "enter_",
            "enter-",
            "put_your",
            "my_secret",
            "my-secret",
            "mysecret",
            "supersecret",
            "super-secret",
            "super_secret",
            "topsecret",
            "sample",
            "-here",
            "_here",
            "undefined",
            "deadbeef",
            "000000",
            "111111",
            "......",
            "******",
            "-----",
            "_____",
            "====",
            "insecure",
            "abc123",
            "abcd1234",
            "qwerty",
            "asdf",
            "1q2w3e",
            "letmein",
            "p@ssw0rd",
            "p@ssword",
            "p%40ssw",
            "passw0rd",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    // For a provider's token, whose random part may hold any short word.
    private static readonly SearchValues<string> TellingInTokens = SearchValues.Create(
        [
            "example",
            "xxxxx",
            "your_",
            "your-",
            "placeholder",
            "changeme",
            "redacted",
            "insert-",
            "dummy-",
            "000000000",
            "aaaaaaaa",
            "......",
            "******",
            "deadbeefdeadbeef",
            "notreal",
            "not-real",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    // Values that standards and manuals print, which people copy: RFC 5849, RFC 6749, RFC 6750, RFC 7519, AWS, OpenSSL.
    private static readonly SearchValues<string> Published = SearchValues.Create(
        [
            "s6BhdRkqt3",
            "czZCaGRSa3F0M",
            "7Fjfp0ZBr1KtDRbnfVdmIw",
            "gX1fBAt3bV",
            "mF_9.B5f-4.1JqM",
            "SlAV32hkKG",
            "2YotnFZFEjr1zCsicMWpAA",
            "tGzv3JOkF0XG5Qx2TlKWIA",
            "kd94hf93k423kf44",
            "pfkkdhi9sl3r4s00",
            "dpf43f3p2l4k3l03",
            "nnch734d00sl2jdk",
            "hh5s93j4hdidpola",
            "hdhd0244k9j7ao03",
            "wJalrXUtnFEMI",
            "f4556650ac31d35461610bac4ed81b1a",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        ],
        StringComparison.Ordinal
    );

    // Weak by themselves: a value that is nothing else is a stand-in.
    private static readonly string[] WeakWords =
    [
        "password",
        "passwort",
        "passwd",
        "passphrase",
        "pass",
        "pwd",
        "secret",
        "token",
        "apikey",
        "api",
        "key",
        "test",
        "testing",
        "tests",
        "user",
        "username",
        "admin",
        "root",
        "guest",
        "default",
        "none",
        "null",
        "true",
        "false",
        "value",
        "string",
        "some",
        "my",
        "the",
        "this",
        "is",
        "a",
        "not",
        "real",
        "here",
        "new",
        "old",
        "wrong",
        "invalid",
        "valid",
        "bad",
        "good",
        "correct",
        "random",
        "access",
        "auth",
        "client",
        "login",
        "demo",
        "temp",
        "tmp",
        "foo",
        "bar",
        "baz",
        "abc",
        "xyz",
        "hunter",
        "s3cr3t",
        "s3cret",
        "secr3t",
        "enter",
        "bearer",
        "basic",
        "mock",
        "stub",
        "expected",
        "actual",
        "db",
        "database",
        "postgres",
        "mysql",
        "redis",
        "mongo",
        "rabbitmq",
        "app",
        "local",
        "dev",
        "prod",
        "private",
        "public",
        "hello",
        "world",
        "empty",
        "unset",
        "unused",
        "any",
        "thing",
        "one",
        "two",
        "first",
        "second",
        "other",
        "another",
        "super",
        "secure",
        "very",
        "long",
        "short",
        "welcome",
        "change",
        "me",
    ];

    private static readonly string[] ReferenceStarts =
    [
        "$",
        "%",
        "<",
        "{",
        "[",
        "!",
        "&{",
        "@",
        "#{",
        "env:",
        "env.",
        "env(",
        "vault:",
        "op://",
        "arn:",
        "urn:",
        "http:",
        "https:",
        "file:",
        "/",
        "./",
        "../",
        "~/",
        "ref+",
        "ssm:",
        "secret:",
        "secret://",
        "secrets.",
        "secretref:",
        "keyvault:",
        "kms:",
        "aws-sm:",
        "gcp-sm:",
        "projects/",
        "var.",
        "local.",
        "data.",
        "module.",
        "process.",
        "os.",
        "sys.",
        "self.",
        "this.",
        "args.",
        "config.",
        "conf.",
        "settings.",
        "params.",
        "options.",
        "request.",
        "req.",
        "response.",
        "system.",
        "data:",
        "enc[",
        "enc(",
        "{cipher}",
        "ansible_vault",
        "sha1:",
        "sha256:",
        "sha384:",
        "sha512:",
        "sha256-",
        "sha384-",
        "sha512-",
        "sha1-",
        "md5:",
        "$2a$",
        "pbkdf2",
        "argon2",
        "{ssha",
        "{sha",
        "{crypt}",
        "aqicah",
        "ssh-rsa",
        "ssh-ed25519",
        "ssh-dss",
        "ecdsa-sha2",
        "age1",
        "pk_live_",
        "pk_test_",
        "pk.eyj",
        "pubkey",
        "-----begin public",
        "-----begin certificate",
        "0x",
        "#",
        "ey=",
        "*",
        "...",
        "i18n.",
        "translate",
    ];

    /// <summary>For the value of a name: a stand-in, a run of one letter, or a sequence from the keyboard or the alphabet.</summary>
    public static bool IsStandIn(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[LongestTold];
        text = text[..Encoding.Latin1.GetChars(value[..Math.Min(value.Length, LongestTold)], text)];
        return text.ContainsAny(Telling) || text.ContainsAny(Published) || HasSequence(value) || IsWeak(value);
    }

    /// <summary>For the part of a provider's token behind its anchor.</summary>
    public static bool IsTokenStandIn(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[LongestTold];
        text = text[..Encoding.Latin1.GetChars(value[..Math.Min(value.Length, LongestTold)], text)];
        return text.ContainsAny(TellingInTokens) || text.ContainsAny(Published) || HasSequence(value);
    }

    /// <summary>A variable, a path, an address, an encrypted or a hashed value: it names or hides a secret and is none.</summary>
    public static bool IsReference(ReadOnlySpan<byte> value)
    {
        foreach (var start in ReferenceStarts)
        {
            if (value.Length >= start.Length && Ascii.EqualsIgnoreCase(value[..start.Length], start))
            {
                return true;
            }
        }

        return value.IndexOf("${"u8) >= 0
            || value.IndexOf("{{"u8) >= 0
            || value.IndexOf("$("u8) >= 0
            || value.IndexOf("://"u8) >= 0
            || value.IndexOf("::"u8) >= 0
            || value.IndexOf("%("u8) >= 0
            || value.IndexOf("->"u8) >= 0
            || value.IndexOf(".getenv"u8) >= 0;
    }

    // Six in a row that follow each other, or the same byte six times: 123456, abcdef.
    private static bool HasSequence(ReadOnlySpan<byte> value)
    {
        var rising = 1;
        var same = 1;
        for (var at = 1; at < value.Length; at++)
        {
            rising = value[at] == value[at - 1] + 1 ? rising + 1 : 1;
            same = value[at] == value[at - 1] ? same + 1 : 1;
            if (rising >= LongestSequence || same >= LongestRepetition)
            {
                return true;
            }
        }

        return false;
    }

    // Nothing is left when the weak words, digits at the end and separators are taken away: "test-token", "password123".
    private static bool IsWeak(ReadOnlySpan<byte> value)
    {
        const int LongestWeak = 40;
        if (value.Length > LongestWeak)
        {
            return false;
        }

        var text = Encoding.Latin1.GetString(value).ToLowerInvariant();
        var at = 0;
        while (at < text.Length)
        {
            if (!char.IsAsciiLetter(text[at]))
            {
                at++;
                continue;
            }

            var word = 0;
            foreach (var weak in WeakWords)
            {
                if (weak.Length > word && string.CompareOrdinal(text, at, weak, 0, weak.Length) == 0)
                {
                    word = weak.Length;
                }
            }

            if (word == 0)
            {
                return false;
            }

            at += word;
        }

        return true;
    }
}
