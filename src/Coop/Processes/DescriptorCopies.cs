using Coop.Native;

namespace Coop.Processes;

/// <summary>
/// Descriptors to pass on under numbers that no other row of the list writes to: a row that overwrites a number before a later row has passed
/// it on would hand over the wrong file. Copies are made only then, and closed when the child has its own.
/// </summary>
internal sealed class DescriptorCopies : IDisposable
{
    private readonly List<int> copies = [];

    public DescriptorCopies(IReadOnlyList<PassedDescriptor> rows)
    {
        if (!rows.Any(row => rows.Any(other => other.Theirs == row.Ours && row.Theirs != row.Ours)))
        {
            Rows = rows;
            return;
        }

        var above = rows.Max(row => row.Theirs) + 1;
        Rows = [.. rows.Select(row => row with { Ours = Copy(row.Ours, above) })];
    }

    public IReadOnlyList<PassedDescriptor> Rows { get; }

    public void Dispose() => copies.ForEach(copy => _ = Unistd.close(copy));

    private int Copy(int descriptor, int atLeast)
    {
        var copy = FileControl.fcntl(descriptor, FileControl.F_DUPFD_CLOEXEC, atLeast);
        if (copy < 0)
        {
            throw new IOException($"A descriptor cannot be copied: {Errno.Text(Errno.Last)}.");
        }

        copies.Add(copy);
        return copy;
    }
}
