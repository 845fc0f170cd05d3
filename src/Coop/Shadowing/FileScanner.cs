using System.Collections.Concurrent;
using Coop.Errors;
using Coop.Scanning;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.Shadowing;

/// <summary>
/// Scans files of a tree that a box could have written: links are not followed, nothing but regular files is opened, and a large file is read in pieces that
/// overlap, so that memory does not grow with it.
/// </summary>
internal sealed class FileScanner(SecretScanner scanner)
{
    private const int PieceBytes = 1 << 20;

    // Longer than any single credential; what begins in it is told with the next piece.
    private const int OverlapBytes = 64 * 1024;

    // More threads wait for the disk and each other, and every one holds a piece.
    private const int MostThreads = 8;

    /// <summary>Scans files on all processors.</summary>
    /// <param name="root">Absolute.</param>
    /// <param name="paths">Relative to the root. What is gone or no regular file by now is passed over.</param>
    /// <param name="each">Called once for each file that has findings or trouble, in no order, by one thread at a time; false stops the scan.</param>
    /// <param name="done">Called after every file, by several threads.</param>
    public void Scan(
        BytePath root,
        IReadOnlyList<BytePath> paths,
        Func<FileScan, bool> each,
        Action done,
        CancellationToken cancellationToken
    )
    {
        using var top = OpenTree.OpenRoot(root);
        Lock gate = new();
        var ranges = Partitioner.Create(0, Math.Max(paths.Count, 1), Math.Clamp(paths.Count / 256, 1, 64));
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MostThreads),
            CancellationToken = cancellationToken,
        };
        Parallel.ForEach(
            ranges,
            options,
            () => new byte[PieceBytes],
            (range, state, buffer) =>
            {
                using PieceReader reader = new(top, buffer);
                for (var index = range.Item1; index < Math.Min(range.Item2, paths.Count) && !state.IsStopped; index++)
                {
                    var scan = ScanFile(reader, paths[index], cancellationToken);
                    done();
                    if (scan.Findings.Count == 0 && scan.Trouble is null)
                    {
                        continue;
                    }

                    lock (gate)
                    {
                        if (!state.IsStopped && !each(scan))
                        {
                            state.Stop();
                        }
                    }
                }

                return buffer;
            },
            _ => { }
        );
    }

    private FileScan ScanFile(PieceReader reader, BytePath path, CancellationToken cancellationToken)
    {
        List<SecretFinding> findings = [];
        SafeFileHandle? file;
        try
        {
            file = reader.Open(path);
        }
        catch (UserError error)
        {
            return new FileScan(path, findings, error.Message);
        }

        if (file is null)
        {
            return new FileScan(path, findings, null);
        }

        using (file)
        {
            return new FileScan(path, findings, ScanPieces(reader, file, path, findings, cancellationToken));
        }
    }

    private string? ScanPieces(
        PieceReader reader,
        SafeFileHandle file,
        BytePath path,
        List<SecretFinding> findings,
        CancellationToken cancellationToken
    )
    {
        var offset = 0L;
        var line = 1;
        var first = true;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = reader.Read(file, offset);
                var isLast = piece.Length < PieceBytes;
                var before = isLast ? piece.Length : piece.Length - OverlapBytes;

                // Holes and padding: nothing to look at.
                if (piece.ContainsAnyExcept((byte)0))
                {
                    var found = scanner.Scan(first ? path.Name : [], piece, line, before, cancellationToken);
                    findings.AddRange(found.Where(finding => !findings.Contains(finding)));
                    line += isLast ? 0 : piece[..before].Count((byte)'\n');
                }

                if (isLast)
                {
                    return null;
                }

                offset += before;
                first = false;
            }
        }
        catch (IOException error)
        {
            return $"'{path}' cannot be read ({error.Message.TrimEnd('.')}).";
        }
    }
}
