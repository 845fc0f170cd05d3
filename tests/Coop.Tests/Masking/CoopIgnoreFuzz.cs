using System.Text;
using Coop.Errors;
using Coop.Formats;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Masking;

/// <summary>Hostile <c>.coopignore</c> files against hostile names, from seeds: the number of a failing round makes it again.</summary>
public class CoopIgnoreFuzz
{
    private const int OrdinaryRounds = 3000;

    private static readonly BytePath File = BytePath.From(".coopignore");

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "*",
            "*",
            "**",
            "**/",
            "/**",
            "/",
            "?",
            "[",
            "]",
            "[a-c]",
            "[!b]",
            "[^b]",
            "[[:alpha:]]",
            "[z-a]",
            "\\",
            "\\*",
            "!",
            "#",
            " ",
            "\t",
            "\r",
            "\n",
            "\n",
            "\n",
            "\0",
            ".",
            "..",
            "a",
            "b",
            "A",
            "é",
            "É",
            ".env",
            "~",
            ".bak",
            ".example",
            "#",
            "*a*a*a*a*a*a*a*a*b",
            "\u202e",
            "\u001b",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff],
        [0xc3],
        [0xef, 0xbb, 0xbf],
    ];

    // Whatever their order, these are hardly ever an error.
    private static readonly byte[][] Understood =
    [
        .. new[]
        {
            "*",
            "**",
            "**/a",
            "b/**/",
            "?",
            "[a-c]",
            "[!b]",
            "[[:alpha:]]",
            "[é]",
            "\\*",
            "#",
            " ",
            "\n",
            "\n",
            "\n",
            "a",
            "b",
            "A",
            "é",
            ".env",
            "~",
            ".bak",
            ".example",
            "\n*.pub\n",
            "*a*a*a*a*a*a*a*a*b",
            "\n/a/b",
            "secrets/\n",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff],
    ];

    [Fact]
    public void No_file_crashes_takes_too_many_steps_or_shows_what_another_line_hid()
    {
        var rounds = SoakRounds.Or(OrdinaryRounds);
        var understood = 0;
        for (var round = 0; round < rounds; round++)
        {
            try
            {
                understood += Check(new Random(round)) ? 1 : 0;
            }
            catch (Exception cause)
            {
                throw new InvalidOperationException($"Round {round}: {cause.Message}", cause);
            }
        }

        Assert.InRange(understood, rounds / 2, rounds);
    }

    private static bool Check(Random random)
    {
        // Mostly files that are understood; one in four of whatever comes.
        var pieces = random.Next(4) == 0 ? Pieces : Understood;
        var lines = Text(random, pieces, random.Next(1, 60));
        var more = (byte[])[.. lines, (byte)'\n', .. Text(random, pieces, random.Next(1, 20))];
        if (Parse(lines) is not { } few)
        {
            return false;
        }

        var many = Parse(more);
        for (var path = 0; path < 20; path++)
        {
            var names = Enumerable.Range(0, random.Next(1, 6)).Select(_ => NameOf(random)).ToList();
            CountSteps(few, names);
            if (many is not null && IsHidden(few, names))
            {
                Assert.True(IsHidden(many, names), "A line more shows what was hidden.");
            }

            if (IsHidden(null, names))
            {
                Assert.True(IsHidden(few, names), "A file shows what is hidden without it.");
            }
        }

        return true;
    }

    private static CoopIgnore? Parse(byte[] content)
    {
        try
        {
            return CoopIgnore.Parse(content, File);
        }
        catch (UserError error)
        {
            Assert.StartsWith(
                error.Message[0] == '\'' ? "'.coopignore' is not a text file." : ".coopignore:",
                error.Message,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(error.Message + error.Hint, character => char.IsControl(character) || character == '\u202e');
            return null;
        }
    }

    private static bool IsHidden(CoopIgnore? file, List<byte[]> names)
    {
        var rules = file is null ? DirectoryRules.BuiltIn : DirectoryRules.BuiltIn.With(file);
        for (var at = 0; at < names.Count; at++)
        {
            if (rules.Judge(names[at], isDirectory: at < names.Count - 1) is not null)
            {
                return true;
            }

            rules = rules.Enter(names[at]);
        }

        return false;
    }

    private static void CountSteps(CoopIgnore file, List<byte[]> names)
    {
        foreach (var rule in file.Rules)
        {
            var state = rule.Pattern.Start;
            foreach (var name in names)
            {
                var steps = 0L;
                state = rule.Pattern.Advance(state, name, out _, ref steps);

                // Looks at up to 61 segments; each fails at once, or has no more parts than the name allows and comes back once a letter.
                Assert.InRange(steps, 0, 61 * 2 * (name.Length + 2) * (name.Length + 2));
            }
        }
    }

    private static byte[] Text(Random random, byte[][] pieces, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .SelectMany(_ => Repeat(pieces[random.Next(pieces.Length)], random.Next(50) == 0 ? random.Next(300) : 1)),
        ];

    private static byte[] NameOf(Random random)
    {
        byte[] name =
        [
            .. Enumerable
                .Range(0, random.Next(1, 5))
                .SelectMany(_ => Repeat(Pieces[random.Next(Pieces.Length)], random.Next(20) == 0 ? random.Next(40) : 1))
                .Where(value => value is not (0 or (byte)'/'))
                .Take(255),
        ];
        return NameFold.Fold(name.Length == 0 ? "a"u8 : name).ToArray();
    }

    private static IEnumerable<byte> Repeat(byte[] piece, int times) => Enumerable.Repeat(piece, times).SelectMany(part => part);
}
