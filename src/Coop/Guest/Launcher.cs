using System.Text;
using Coop.Native;
using Coop.Storage;

namespace Coop.Guest;

/// <summary>
/// Stands between Coop and bubblewrap when root calls: in a mount namespace of its own it stages the box's sources where an unprivileged user can
/// reach them (owners mapped where needed), gives up being root for good, and becomes bubblewrap. A bubblewrap started by root would stay root of the host for every file
/// it touches; this one never is.
/// </summary>
internal static class Launcher
{
    public static int Run(IReadOnlyList<CString> words, IReadOnlyList<CString> environment)
    {
        try
        {
            var options = LaunchOptions.Parse(words);
            Stage(options);
            BecomeUnprivileged(options);
            return Become(options, environment);
        }
        catch (Exception cause) when (cause is FormatException or IOException or UnauthorizedAccessException)
        {
            Descriptor.WriteAll(2, Encoding.UTF8.GetBytes($"coop: the box's mounts cannot be prepared: {cause.Message}\n"));
            return GuestExit.BoxBroken;
        }
    }

    private static void Stage(LaunchOptions options)
    {
        Require(Mounting.EnterPrivateNamespace(), "a mount namespace cannot be made");
        var mapping = -1;
        if (options is { OwnerUid: { } uid, OwnerGid: { } gid })
        {
            mapping = UserNamespace.WithMapping(uid, gid, options.Uid, options.Gid);
            Require(mapping, "a user namespace cannot be made");
        }

        var directory = options.Directory.ToString();
        Directory.CreateDirectory(directory);
        Require(Mounting.Memory(options.Directory), $"'{directory}' cannot be mounted");
        foreach (var bind in options.Binds)
        {
            StagingPlace.Make(BytePath.From(bind.Source.Bytes), BytePath.From(bind.At.Bytes));
            Require(
                Mounting.Bind(bind.Source, bind.At, bind.IsMapped && mapping >= 0 ? mapping : null, readOnly: false),
                $"'{bind.Source}' cannot be mounted"
            );
        }
    }

    private static unsafe void BecomeUnprivileged(LaunchOptions options)
    {
        // Groups first, the user last: after it there is no way back.
        if (
            Unistd.setgroups(0, null) != 0
            || Unistd.setresgid(options.Gid, options.Gid, options.Gid) != 0
            || Unistd.setresuid(options.Uid, options.Uid, options.Uid) != 0
        )
        {
            throw new IOException($"user {options.Uid} cannot be taken on: {Errno.Text(Errno.Last)}");
        }
    }

    private static unsafe int Become(LaunchOptions options, IReadOnlyList<CString> environment)
    {
        var program =
            ProgramLookup.Find(options.Command[0], Value(environment, "PATH"))
            ?? throw new IOException($"'{options.Command[0]}' is not installed");
        using CStringArray path = new([program]);
        using CStringArray arguments = new(options.Command);
        using CStringArray variables = new(environment);
        _ = Unistd.execve(path.Pointer[0], arguments.Pointer, variables.Pointer);
        throw new IOException($"'{program}' cannot be run: {Errno.Text(Errno.Last)}");
    }

    private static string? Value(IReadOnlyList<CString> environment, string name) => new BoxVariables(environment, []).Get(name);

    private static void Require(int answer, string what)
    {
        if (answer < 0)
        {
            throw new IOException($"{what}: {Errno.Text(-answer)}");
        }
    }
}
