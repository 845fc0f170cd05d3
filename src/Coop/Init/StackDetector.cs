using System.Text.Json;
using System.Text.RegularExpressions;

namespace Coop.Init;

/// <summary>Tells from a repository's files which tools and services it uses. Pure.</summary>
internal static partial class StackDetector
{
    public const string ToolVersions = ".tool-versions";

    // A file with one version, and asdf's name of the tool.
    private static readonly (string File, string Tool)[] VersionFiles =
    [
        (".nvmrc", "nodejs"),
        (".node-version", "nodejs"),
        (".python-version", "python"),
        (".ruby-version", "ruby"),
    ];

    private static readonly string[] ComposeFiles = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

    // Of these only what they depend on counts.
    private static readonly string[] JsonManifests = ["package.json", "composer.json"];

    private static readonly string[] JsonDependencies =
    [
        "dependencies",
        "devDependencies",
        "optionalDependencies",
        "require",
        "require-dev",
    ];

    private static readonly string[] OtherFiles =
    [
        "requirements.txt",
        "pyproject.toml",
        "Pipfile",
        "go.mod",
        "Gemfile",
        "Cargo.toml",
        "mix.exs",
        "pom.xml",
        "build.gradle",
        "build.gradle.kts",
        "Directory.Packages.props",
        ".env.example",
        ".env.sample",
        ".env.template",
        ".env.dist",
    ];

    /// <summary>The files that are looked at, all at the top of the repository.</summary>
    public static IEnumerable<string> Files =>
        [ToolVersions, .. VersionFiles.Select(row => row.File), .. ComposeFiles, .. JsonManifests, .. OtherFiles];

    /// <summary>The tools that version files name, as lines of <c>.tool-versions</c>.</summary>
    public static IReadOnlyList<string> Tools(IReadOnlyList<(string Name, string Text)> files)
    {
        var named = VersionFiles.SelectMany(row =>
            files
                .Where(file => file.Name == row.File)
                .Select(file => (row.Tool, Version: OneVersion().Match(file.Text).Groups["version"].Value))
        );
        var ofGo = files
            .Where(file => file.Name == "go.mod")
            .Select(file => (Tool: "golang", Version: GoVersion().Match(file.Text).Groups["version"].Value));
        return
        [
            .. named
                .Concat(ofGo)
                .Where(found => found.Version.Length > 0)
                .DistinctBy(found => found.Tool)
                .Select(found => $"{found.Tool} {found.Version}"),
        ];
    }

    /// <summary>In the order of the catalogue.</summary>
    public static IReadOnlyList<DetectedService> Services(IReadOnlyList<(string Name, string Text)> files)
    {
        var words = files
            .Where(file => file.Name != ToolVersions && VersionFiles.All(row => row.File != file.Name))
            .Select(file => (file.Name, Words: WordsOf(file.Name, file.Text)))
            .ToList();
        string[] images =
        [
            .. files
                .Where(file => ComposeFiles.Contains(file.Name))
                .SelectMany(file => ComposeImage().Matches(file.Text))
                .Select(match => match.Groups["image"].Value),
        ];
        List<DetectedService> found = [];
        foreach (var kind in ServiceCatalog.All)
        {
            var file = words.Find(file => kind.Words.Any(file.Words.Contains)).Name;
            var official = kind.Image.Split(':')[0];
            if (file is not null)
            {
                found.Add(new(kind, Array.Find(images, image => image.Split(':')[0] == official) ?? kind.Image, file));
            }
        }

        // They speak the same protocol at the same port; who names MariaDB means it.
        return found.Exists(service => service.Kind.Name == ServiceCatalog.MariaDb)
            ? [.. found.Where(service => service.Kind.Name != ServiceCatalog.MySql)]
            : found;
    }

    private static HashSet<string> WordsOf(string name, string text) =>
        new(
            JsonManifests.Contains(name)
                ? Dependencies(text)
                : text.Split('\n')
                    .Where(line => !Comment().IsMatch(line))
                    .SelectMany(line => Word().Matches(line))
                    .SelectMany(word => word.Value.Split('.').Append(word.Value)),
            StringComparer.OrdinalIgnoreCase
        );

    // With the scope, and without: @types/pg tells of pg.
    private static IEnumerable<string> Dependencies(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? []
                :
                [
                    .. JsonDependencies
                        .Where(name => root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Object)
                        .SelectMany(name => root.GetProperty(name).EnumerateObject())
                        .SelectMany(dependency => dependency.Name.Split('/').Append(dependency.Name)),
                ];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    [GeneratedRegex(
        @"^\s*v?(?<version>[0-9]+(\.[0-9]+){0,3})\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OneVersion();

    [GeneratedRegex(
        @"^go[ \t]+(?<version>[0-9]+\.[0-9]+(\.[0-9]+)?)\r?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex GoVersion();

    [GeneratedRegex(
        @"^[ \t]+image:[ \t]*[""']?(docker\.io/)?(library/)?(?<image>[a-z]+:[A-Za-z0-9._-]+)[""']?[ \t]*\r?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex ComposeImage();

    [GeneratedRegex(@"[A-Za-z0-9][A-Za-z0-9_.-]*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*(#|//)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();
}
