using System.Text;
using Coop.Errors;
using Coop.Formats;
using Coop.Masking;
using Coop.Storage;
using Coop.TestKit;
using CsCheck;
using Xunit;

namespace Coop.HiddenFiles;

/// <summary>Random trees and rules, judged by the finder and by <see cref="ReferenceFinder"/>.</summary>
public class HiddenPathProperties
{
    private const string LeftAlone = ".git";

    private static readonly Gen<string> Name = Gen.OneOf(
        "a",
        "b",
        "A",
        "ab",
        "x.pem",
        ".env",
        ".ENV~",
        "secrets",
        ".ssh",
        ".docker",
        "config.json",
        "b.example",
        ".env.example",
        "id_rsa.pub",
        ".git",
        "#a#",
        ".b.swp",
        "a.~3~",
        "credentials.bak~",
        "a.un~",
        "c*d"
    );

    private static readonly Gen<string> TreePath = Name.Array[1, 4].Select(names => string.Join('/', names));

    private static readonly Gen<string> Pattern = Gen.OneOf(
            "a",
            "b",
            "*",
            "?",
            "[ab]",
            "[!a]",
            "**",
            "/",
            "**/",
            "/**",
            ".env",
            ".pem",
            "\\*",
            ".example",
            "A",
            "~",
            "a/b",
            "*b"
        )
        .Array[1, 4]
        .Select(pieces => string.Concat(pieces));

    private static readonly Gen<(int Kind, string Path, string Other)> Step = Gen.Select(Gen.Int[0, 9], TreePath, TreePath);

    private static readonly Gen<string> Target = Gen.Select(Gen.OneOf("", "../", "../../", "./", "/"), TreePath)
        .Select((start, path) => start + path);

    [Fact]
    public void The_finder_agrees_with_the_slow_reference() =>
        Gen.Select(Step.Array[1, 25], Pattern.Array[0, 4], Pattern.Array[0, 3], Target.Array[25], TreePath.Array[0, 3])
            .Sample(
                (steps, atRoot, below, targets, allowed) => Check(steps, atRoot, below, targets, allowed),
                iter: SoakRounds.Or(400) / 4
            );

    private static void Check((int, string, string)[] steps, string[] atRoot, string[] below, string[] targets, string[] allowed)
    {
        using var tree = new TemporaryTree();
        for (var at = 0; at < steps.Length; at++)
        {
            Make(tree, steps[at], targets[at]);
        }

        var rules = new ReferenceRules();
        Write(tree, "", atRoot, rules);
        Write(tree, "a", below, rules);
        var reference = new ReferenceFinder(tree.RootPath, rules, [.. allowed], LeftAlone);
        var expected = reference.Find();
        var found = (
            new TreeSearch(tree) with
            {
                LeftAlone = [LeftAlone],
                Exceptions = UserExceptions.Of(allowed.Select(BytePath.From)),
            }
        ).Run();
        var actual = reference.Paths.Where(path => found.Find(BytePath.From(path)) is not null);
        if (!expected.SetEquals(actual))
        {
            Assert.Fail(Explain(tree, reference, expected, found));
        }

        Assert.Equal(found.Hidden.Count, found.Hidden.Select(hidden => hidden.Path).Distinct().Count());
        Assert.All(found.Hidden, hidden => Assert.True(hidden.Path.Parent.IsEmpty || found.Find(hidden.Path.Parent) is null));
    }

    private static string Explain(TemporaryTree tree, ReferenceFinder reference, HashSet<string> expected, HiddenPaths found)
    {
        var lines = reference
            .Paths.Order(StringComparer.Ordinal)
            .Select(path =>
            {
                var link = new FileInfo(Path.Combine(tree.RootPath, path)).LinkTarget;
                var reason = found.Find(BytePath.From(path)) is { } hidden ? TreeSearch.Describe(hidden) : "visible";
                return $"{path}{(link is null ? "" : $" -> {link}")}: {reason}; expected {(expected.Contains(path) ? "hidden" : "visible")}";
            });
        return string.Join('\n', lines);
    }

    private static void Make(TemporaryTree tree, (int Kind, string Path, string Other) step, string target)
    {
        try
        {
            switch (step.Kind)
            {
                case < 5:
                    tree.File(step.Path);
                    break;
                case 5:
                    tree.Folder(step.Path);
                    break;
                case 6 or 7:
                    tree.Link(step.Path, target.StartsWith('/') ? tree.RootPath + target : target);
                    break;
                default:
                    tree.File(step.Other);
                    Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(tree.RootPath, step.Path))!);
                    HardLinks.Make(Path.Combine(tree.RootPath, step.Other), Path.Combine(tree.RootPath, step.Path));
                    break;
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Something else is there already.
        }
    }

    // Lines that are errors are left out: what is asked here is what the others mean.
    private static void Write(TemporaryTree tree, string directory, string[] patterns, ReferenceRules rules)
    {
        var full = Path.Combine(tree.RootPath, directory);
        if (directory.Length > 0 && (!Directory.Exists(full) || new FileInfo(full).LinkTarget is not null))
        {
            return;
        }

        var lines = patterns.Where(IsPattern).ToList();
        lines.ForEach(line => rules.Add(directory, line));
        tree.File(Path.Combine(directory, ".coopignore"), string.Join('\n', lines));
    }

    private static bool IsPattern(string line)
    {
        try
        {
            return IgnorePattern.Parse(Encoding.UTF8.GetBytes(line), new TextPlace("x", 1)) is not null;
        }
        catch (UserError)
        {
            return false;
        }
    }
}
