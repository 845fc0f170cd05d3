using System.Globalization;
using System.Text;
using System.Text.Json;
using Coop.Storage;

namespace Coop.LoopReports;

/// <summary>The record of one run: a file of JSON lines in Coop's state, each on the disk before the loop goes on.</summary>
internal sealed class LoopRecord : IDisposable
{
    private const string Ending = ".jsonl";
    private const int MostBytes = 64 << 20;

    private readonly FileStream file;

    private LoopRecord(FileStream file) => this.file = file;

    /// <param name="directory">Of the queue's records; made when it is not there.</param>
    public static LoopRecord Begin(BytePath directory, DateTimeOffset now)
    {
        var place = Encoding.UTF8.GetString(directory.Bytes);
        Directory.CreateDirectory(place);
        var name = now.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture) + Ending;
        return new LoopRecord(new FileStream(Path.Combine(place, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read));
    }

    public void Add(LoopLine line)
    {
        file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, LoopJsonContext.Default.LoopLine), (byte)'\n']);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The lines of the last run; empty when there was none. A line that a crash cut off is passed over.</summary>
    public static IReadOnlyList<LoopLine> ReadLast(BytePath directory)
    {
        var place = Encoding.UTF8.GetString(directory.Bytes);
        if (
            !Directory.Exists(place)
            || Directory.EnumerateFiles(place, "*" + Ending).Max(StringComparer.Ordinal) is not { } last
            || BoundedFile.Read(last, MostBytes) is not { } bytes
        )
        {
            return [];
        }

        List<LoopLine> lines = [];
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            try
            {
                if (line.Length > 0 && JsonSerializer.Deserialize(line, LoopJsonContext.Default.LoopLine) is { } read)
                {
                    lines.Add(read);
                }
            }
            catch (JsonException)
            {
                // The power went while it was written.
            }
        }

        return lines;
    }

    public void Dispose() => file.Dispose();
}
