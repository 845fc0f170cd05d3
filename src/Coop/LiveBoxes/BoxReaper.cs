using System.Text;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Places;
using Coop.Storage;

namespace Coop.LiveBoxes;

/// <summary>Sweeps after a Coop that was killed: its container, its staged mounts, its directory. Costs one directory listing when there is nothing to do.</summary>
internal sealed class BoxReaper(Func<EngineKind, IContainerEngine> engines, IBoxGuard guard, TimeProvider time)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    /// <param name="report">Gets what the comparison that the killed Coop owed has found.</param>
    public async Task SweepAsync(UserDirectories directories, Action<GuardReport> report, CancellationToken cancellationToken)
    {
        var runs = Encoding.UTF8.GetString(StatePaths.Runs(directories).Bytes);
        if (!Directory.Exists(runs))
        {
            return;
        }

        foreach (var run in Directory.EnumerateDirectories(runs))
        {
            // A Coop that is just starting has no lock yet; a minute later it has one, or it is dead.
            var lockPath = Path.Combine(run, RunDirectory.LockName);
            if (!File.Exists(lockPath) && time.GetUtcNow() - new DateTimeOffset(Directory.GetLastWriteTimeUtc(run)) < StartLimit)
            {
                continue;
            }

            using var held = FileLock.TryTake(lockPath);
            if (held is not null)
            {
                await SweepOneAsync(run, report, cancellationToken);
            }
        }
    }

    private async Task SweepOneAsync(string run, Action<GuardReport> report, CancellationToken cancellationToken)
    {
        var recordPath = Path.Combine(run, RunDirectory.RecordName);
        if (File.Exists(recordPath) && RunRecord.Parse(await File.ReadAllTextAsync(recordPath, cancellationToken)) is { } record)
        {
            await engines(record.Engine).RemoveAsync(record.ContainerName, cancellationToken);
            if (record.Staging is { } staging)
            {
                HostStaging.Remove(staging);
            }
        }

        report(await guard.InspectAsync(run, cancellationToken));
        Directory.Delete(run, recursive: true);
    }
}
