using System.Text;
using Coop.Formats;
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
            Mask(options);
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
        if (options is not { Directory: { } directory, User: { } user })
        {
            return;
        }

        Require(Mounting.EnterPrivateNamespace(), "a mount namespace cannot be made");
        var mapping = -1;
        if (options.Owner is { } owner)
        {
            mapping = UserNamespace.WithMapping(owner.Uid, owner.Gid, user.Uid, user.Gid);
            Require(mapping, "a user namespace cannot be made");
        }

        Directory.CreateDirectory(directory.ToString());
        Require(Mounting.Memory(directory), $"'{directory}' cannot be mounted");
        foreach (var bind in options.Binds)
        {
            StagingPlace.Make(BytePath.From(bind.Source.Bytes), BytePath.From(bind.At.Bytes));
            Require(
                Mounting.Bind(bind.Source, bind.At, bind.IsMapped && mapping >= 0 ? mapping : null, readOnly: false),
                $"'{bind.Source}' cannot be mounted"
            );
        }
    }

    private static void Mask(LaunchOptions options)
    {
        if (options.Masks is not { } file)
        {
            return;
        }

        // Coop's own file, whose name is text.
        var words = File.ReadAllText(file.ToString()).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            var source = EscapedWord.Unescape(CString.From(words[i]));
            var place = EscapedWord.Unescape(CString.From(words[i + 1]));
            Require(Mounting.Bind(source, place, userNamespace: null, readOnly: true), $"'{place}' cannot be covered");
        }
    }

    private static unsafe void BecomeUnprivileged(LaunchOptions options)
    {
        if (options.User is not { } user)
        {
            return;
        }

        // Groups first, the user last: after it there is no way back.
        if (
            Unistd.setgroups(0, null) != 0
            || Unistd.setresgid(user.Gid, user.Gid, user.Gid) != 0
            || Unistd.setresuid(user.Uid, user.Uid, user.Uid) != 0
        )
        {
            throw new IOException($"user {user.Uid} cannot be taken on: {Errno.Text(Errno.Last)}");
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

        // What the runtime ignores would be ignored by everything in the box.
        _ = Signals.signal(Signals.SIGPIPE, Signals.Default);
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
