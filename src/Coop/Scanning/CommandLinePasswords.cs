using Coop.Detectors;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Finds the passwords that programs take by a letter: <c>curl -u name:password</c>, <c>sshpass -p</c>, <c>mysql -p</c> and their like.</summary>
internal static class CommandLinePasswords
{
    private const int Rank = 52;
    private const int LongestLine = 2000;

    /// <param name="at">Where the program's name stands.</param>
    public static void Visit(ReadOnlySpan<byte> text, int at, int length, List<Hit> hits)
    {
        if (at > 0 && (char.IsAsciiLetterOrDigit((char)text[at - 1]) || text[at - 1] is (byte)'-' or (byte)'_' or (byte)'.'))
        {
            return;
        }

        var program = text.Slice(at, length);
        var line = text[(at + length)..Math.Min(text.Length, at + LongestLine)];
        line = line[..LineEnd(line)];
        var takesPair = program.StartsWith("curl"u8) || program.StartsWith("http"u8) || program.StartsWith("smbclient"u8);
        var start = at + length;
        for (var word = NextWord(line, 0); word.Start < line.Length; word = NextWord(line, word.End))
        {
            var option = line[word.Start..word.End];
            if (
                takesPair
                && (
                    option.SequenceEqual("-u"u8)
                    || option.SequenceEqual("--user"u8)
                    || option.SequenceEqual("-U"u8)
                    || option.SequenceEqual("-a"u8)
                    || option.SequenceEqual("--proxy-user"u8)
                )
            )
            {
                var next = NextWord(line, word.End);
                AddPair(text, start + next.Start, start + next.End, hits);
            }
            else if (program.StartsWith("sqlplus"u8))
            {
                OraclePasswords.Visit(text, start + word.Start, start + word.End, StructuralDetectors.CommandLine, hits);
            }
            else if (takesPair && option.Length > 4 && option.StartsWith("-u"u8))
            {
                AddPair(text, start + word.Start + 2, start + word.End, hits);
            }
            else if (
                !takesPair
                && option.Length > 4
                && option.StartsWith("-p"u8)
                && option[2] != 'r'
                && !option.StartsWith("-pass"u8)
            )
            {
                Add(text, start + word.Start + 2, start + word.End, hits);
            }
            else if (
                TakesPasswordApart(program) && option.SequenceEqual("-p"u8)
                || program.StartsWith("sqlcmd"u8) && option.SequenceEqual("-P"u8)
                || program.StartsWith("redis"u8) && option.SequenceEqual("-a"u8)
                || program.StartsWith("ldap"u8) && option.SequenceEqual("-w"u8)
            )
            {
                var next = NextWord(line, word.End);
                Add(text, start + next.Start, start + next.End, hits);
            }
        }
    }

    // "-p" alone asks the user in mysql(1); in these the next word is the password.
    private static bool TakesPasswordApart(ReadOnlySpan<byte> program) =>
        program.StartsWith("sshpass"u8) || program.StartsWith("mongo"u8) || program.EndsWith("login"u8);

    // A line that a backslash continues goes on.
    private static int LineEnd(ReadOnlySpan<byte> line)
    {
        var end = 0;
        while (line[end..].IndexOf((byte)'\n') is >= 0 and var found)
        {
            end += found;
            if (end == 0 || line[end - 1] != '\\')
            {
                return end;
            }

            end++;
        }

        return line.Length;
    }

    private static (int Start, int End) NextWord(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && (EndsWord(line[at]) || line[at] is (byte)'\\' or (byte)',' or (byte)'['))
        {
            at++;
        }

        var start = at;
        while (at < line.Length && !EndsWord(line[at]))
        {
            at++;
        }

        return (start, at);
    }

    private static bool EndsWord(byte letter) =>
        letter is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'"' or (byte)'\'' or (byte)'`';

    private static void AddPair(ReadOnlySpan<byte> text, int start, int end, List<Hit> hits)
    {
        var colon = text[start..end].IndexOfAny(":%"u8);
        if (colon > 0 && text[start + colon - 1] != '/' && !text[(start + colon)..end].StartsWith("://"u8))
        {
            Add(text, start + colon + 1, end, hits);
        }
    }

    private static void Add(ReadOnlySpan<byte> text, int start, int end, List<Hit> hits)
    {
        var value = text[start..end];
        if (!Placeholder.IsReference(value) && !Placeholder.IsStandIn(value) && new ValueStrength(value).IsPassword)
        {
            hits.Add(Hit.Make(StructuralDetectors.CommandLine, start, end, Rank, value));
        }
    }
}
