using System.Text;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Places;
using Coop.Storage;

namespace Coop.LiveBoxes;

/// <summary>
/// One run's place in Coop's state: a lock held while Coop lives, a record for whoever sweeps after a Coop that was killed, and the lifeline's directory.
/// Made whole under another name and renamed, so that a sweep never sees a half one.
/// </summary>
internal sealed class RunDirectory : IDisposable
{
    public const string LockName = "lock";
    public const string RecordName = "record";

    private readonly FileLock held;

    private RunDirectory(string path, FileLock held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public string LinePath => System.IO.Path.Combine(Path, StatePaths.LineName);

    public static RunDirectory Create(UserDirectories directories, BoxPlan plan)
    {
        var final = Encoding.UTF8.GetString(StatePaths.Run(directories, plan.RunId).Bytes);
        var fresh = final + ".new";

        // The socket in it is open to all, since the box's user may be another one: nobody else may come near it.
        Directory.CreateDirectory(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var line = Directory.CreateDirectory(System.IO.Path.Combine(fresh, StatePaths.LineName));
            line.UnixFileMode =
                UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute
                | UnixFileMode.OtherExecute;
            var lockPath = System.IO.Path.Combine(fresh, LockName);
            var taken = FileLock.TryTake(lockPath) ?? throw new IOException($"The lock '{lockPath}' cannot be taken.");
            RunRecord record = new(
                plan.Engine,
                plan.Name,
                plan.Engine == EngineKind.Bubblewrap ? null : plan.StagingDirectory?.ToString()
            );
            File.WriteAllText(System.IO.Path.Combine(fresh, RecordName), record.ToText());
            Directory.Move(fresh, final);
            return new RunDirectory(final, taken);
        }
        catch
        {
            Directory.Delete(fresh, recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // The next run sweeps it.
        }

        held.Dispose();
    }
}
