using System.Security.Cryptography;
using Coop.Native;

namespace Coop.Demo;

/// <summary>What the demo's repository holds: a small program, its failing test, and secrets as they lie about in real projects.</summary>
internal static class DemoProject
{
    public const string SettingsFile = ".env";
    public const string KeyFile = "deploy/id_ed25519";
    public const string LinkedFile = "docs/example.txt";
    public const string SecretDirectory = "secrets";
    public const string ProgramFile = "leap.sh";

    private const string Program = """
        #!/bin/sh
        # Says whether a year is a leap year.
        if [ $(($1 % 4)) -eq 0 ]; then echo yes; else echo no; fi

        """;

    private const string Test = """
        #!/bin/sh
        # Every fourth year is a leap year, but not every hundredth, but every four hundredth.
        for case in 2023:no 2024:yes 1900:no 2000:yes; do
          said=$(sh leap.sh "${case%:*}")
          [ "$said" = "${case#*:}" ] || { echo "${case%:*}: $said, not ${case#*:}"; exit 1; }
        done
        echo "4 of 4"

        """;

    /// <summary>New ones at each call; none was ever a key to anything.</summary>
    public static IReadOnlyList<DemoSecret> MakeSecrets()
    {
        var password = Word();
        var database = Word();

        // Longer than a line of a real key; put together here, so that no file of Coop's own looks like one.
        var body = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        const string Kind = "OPENSSH PRIVATE KEY-----";
        return
        [
            new(SettingsFile, $"DATABASE_PASSWORD={password}\n", password),
            new(KeyFile, $"-----BEGIN {Kind}\n{body}\n-----END {Kind}\n", body),
            new($"{SecretDirectory}/production.yml", $"password: {database}\n", database),
        ];

        static string Word() => RandomBytes.Hexadecimal(12);
    }

    /// <summary>Writes it all; git ignores the secrets, as it should.</summary>
    public static void Write(string directory, IReadOnlyList<DemoSecret> secrets)
    {
        Put(ProgramFile, Program);
        Put("test.sh", Test);
        Put(".gitignore", $"{SettingsFile}\n/{KeyFile}\n/{LinkedFile}\n/{SecretDirectory}/\n");
        foreach (var secret in secrets)
        {
            Put(secret.Path, secret.Content);
        }

        Directory.CreateDirectory(Path.Combine(directory, Path.GetDirectoryName(LinkedFile)!));
        HardLink.Make(Path.Combine(directory, SettingsFile), Path.Combine(directory, LinkedFile));

        void Put(string name, string content)
        {
            var path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }
    }
}
