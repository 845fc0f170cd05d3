using System.Text;
using Coop.Boxes;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.LiveBoxes;

/// <summary>
/// Stages a plan's sources in the host's mount namespace, for engines whose daemon mounts from there: id-mapped binds that show the owner on disk as the
/// box's user (kernel 5.12). Only root comes here.
/// </summary>
internal sealed class HostStaging : IDisposable
{
    private readonly string directory;

    private HostStaging(string directory) => this.directory = directory;

    /// <summary>Null when the plan stages nothing.</summary>
    /// <exception cref="UserError">The mounts cannot be made; nothing is left.</exception>
    public static HostStaging? Create(BoxPlan plan)
    {
        if (plan.StagingDirectory is not { } place)
        {
            return null;
        }

        HostStaging staging = new(Encoding.UTF8.GetString(place.Bytes));
        try
        {
            MountAll(plan, staging.directory);
            return staging;
        }
        catch
        {
            staging.Dispose();
            throw;
        }
    }

    public void Dispose() => Remove(directory);

    /// <summary>Takes the mounts of a staging directory away, and then the directory; what is still in use goes when its user does.</summary>
    public static void Remove(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (var place in Directory.EnumerateFileSystemEntries(directory))
        {
            _ = Mounting.Unmount(CString.From(place));

            // Never recursive: a mount that is still there must not be emptied.
            if (Directory.Exists(place))
            {
                Directory.Delete(place);
            }
            else
            {
                File.Delete(place);
            }
        }

        Directory.Delete(directory);
    }

    private static void MountAll(BoxPlan plan, string directory)
    {
        // Below it root's files look like the box's user's: no such user of the host may get there.
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var mapping = UserNamespace.WithMapping(
            plan.User.OnDisk.Uid,
            plan.User.OnDisk.Gid,
            plan.User.OnHost.Uid,
            plan.User.OnHost.Gid
        );
        if (mapping < 0)
        {
            throw Impossible(plan, $"no user namespace can be made ({Errno.Text(-mapping)})");
        }

        try
        {
            foreach (var staged in plan.Staging)
            {
                StagingPlace.Make(staged.Source, staged.At);
                var failure = Mounting.Bind(
                    CString.From(staged.Source.Bytes),
                    CString.From(staged.At.Bytes),
                    staged.ShowsOwner ? mapping : null,
                    readOnly: false
                );
                if (failure < 0)
                {
                    throw Impossible(plan, $"'{staged.Source}' cannot be mounted with mapped owners ({Errno.Text(-failure)})");
                }
            }
        }
        finally
        {
            _ = Unistd.close(mapping);
        }
    }

    private static UserError Impossible(BoxPlan plan, string reason) =>
        new(
            $"A box for '{plan.Repository}' cannot be given to an unprivileged user: {reason}.",
            "It belongs to root; give it to a user, and run coop as that user: chown -R you: ."
        );
}
