using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coop.Native;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.ForkKeeping;

/// <summary>
/// A fork's log lies in two files at most: the newest part, to which everybody adds, and the one before. A part that is full takes the place of the one before, and a new one
/// begins, whose first line says its number and that older ones are gone; the first part of all has no such line.
/// </summary>
internal sealed partial class ForkLog(ForkPlaces places, string name)
{
    /// <summary>Of one part, but for what is written behind it in the meantime.</summary>
    public const long MostPartBytes = 32 << 20;

    private const int MostHeadBytes = 128;

    /// <summary>The newest part; null when there is none.</summary>
    public ForkLogPart? OpenNewest() => Open(places.Log(name));

    /// <summary>The part before it; null when there is none.</summary>
    public ForkLogPart? OpenBefore() => Open(places.LogBefore(name));

    /// <summary>Begins a new part. Whoever still has the old one open adds to that, which is kept; there is no moment without a newest part.</summary>
    /// <returns>The new part, to be added to.</returns>
    /// <exception cref="IOException">It cannot be made (a file system without hard links, one that is full); the old one goes on.</exception>
    public SafeFileHandle Turn()
    {
        var (log, before) = (ForkPlaces.Text(places.Log(name)), ForkPlaces.Text(places.LogBefore(name)));
        using var newest = OpenNewest();
        var number = (newest?.Number ?? 0) + 1;

        var (next, second) = ($"{log}.next", $"{before}.next");
        File.Delete(next);
        File.Delete(second);
        AtomicFile.Write(next, Head(number));
        var opened = AppendedFile.Open(places.State, BytePath.From(Path.GetFileName(next)));
        try
        {
            HardLink.Make(log, second);
            File.Move(second, before, overwrite: true);
            File.Move(next, log, overwrite: true);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Removes all of it.</summary>
    public void Remove()
    {
        File.Delete(ForkPlaces.Text(places.Log(name)));
        File.Delete(ForkPlaces.Text(places.LogBefore(name)));
    }

    private static string Head(int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"coop: part {number} of this log; what is older than the part before it was cut off\n"
        );

    private ForkLogPart? Open(BytePath path)
    {
        using var state = OpenTree.OpenRoot(places.State);
        if (SafeFile.TryOpen(OpenTree.Number(state), path.Name, out var status) is not { } file)
        {
            return null;
        }

        Span<byte> start = stackalloc byte[MostHeadBytes];
        start = start[..RandomAccess.Read(file, start, 0)];
        var head = Encoding.ASCII.GetString(start[..(start.IndexOf((byte)'\n') + 1)]);
        return
            NumberInHead().Match(head) is { Success: true } match
            && int.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number)
            ? new ForkLogPart(file, number, head.Length, status.Size)
            : new ForkLogPart(file, 1, 0, status.Size);
    }

    [GeneratedRegex("^coop: part (?<number>[0-9]{1,9}) of this log;", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberInHead();
}
