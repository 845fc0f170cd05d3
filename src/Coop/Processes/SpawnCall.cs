using Coop.Native;

namespace Coop.Processes;

/// <summary>One <c>posix_spawn</c> from a <see cref="ProcessSpec"/>.</summary>
internal static unsafe class SpawnCall
{
    /// <summary>Returns the process id; the caller waits for it.</summary>
    /// <exception cref="ProgramNotFoundException">The program cannot be started.</exception>
    public static int Start(ProcessSpec spec, IReadOnlyList<CString> defaultEnvironment)
    {
        using DescriptorCopies copies = new(spec.Descriptors);
        using CStringArray program = new([spec.Program]);
        using CStringArray arguments = new([spec.OwnName ?? spec.Program, .. spec.Arguments]);
        using CStringArray variables = new(spec.Environment ?? defaultEnvironment);
        var actions = stackalloc byte[Spawn.OpaqueSize];
        var attributes = stackalloc byte[Spawn.OpaqueSize];
        Check(Spawn.posix_spawn_file_actions_init(actions));
        Check(Spawn.posix_spawnattr_init(attributes));
        using CStringArray? directory = spec.Directory is null ? null : new([spec.Directory]);
        try
        {
            AddActions(spec, copies.Rows, actions, directory);
            AddAttributes(spec, attributes);
            int processId;
            var errno = spec.Program.Bytes.Contains((byte)'/')
                ? Spawn.posix_spawn(&processId, program.Pointer[0], actions, attributes, arguments.Pointer, variables.Pointer)
                : Spawn.posix_spawnp(&processId, program.Pointer[0], actions, attributes, arguments.Pointer, variables.Pointer);
            return errno == 0 ? processId : throw new ProgramNotFoundException(spec.Program.ToString(), errno);
        }
        finally
        {
            _ = Spawn.posix_spawn_file_actions_destroy(actions);
            _ = Spawn.posix_spawnattr_destroy(attributes);
        }
    }

    private static void AddActions(
        ProcessSpec spec,
        IReadOnlyList<PassedDescriptor> descriptors,
        byte* actions,
        CStringArray? directory
    )
    {
        if (directory is not null)
        {
            Check(Spawn.posix_spawn_file_actions_addchdir_np(actions, directory.Pointer[0]));
        }

        if (spec.ForegroundOf is { } terminal)
        {
            Check(Spawn.posix_spawn_file_actions_addtcsetpgrp_np(actions, terminal));
        }

        foreach (var passed in descriptors)
        {
            Check(Spawn.posix_spawn_file_actions_adddup2(actions, passed.Ours, passed.Theirs));
        }
    }

    private static void AddAttributes(ProcessSpec spec, byte* attributes)
    {
        // The runtime ignores SIGPIPE and handles others; a child must start as a shell would start it. What the runtime handles is
        // reset by exec, what it ignores is not. SIGINT and SIGQUIT stay as inherited (`nohup`, background jobs).
        var defaults = stackalloc byte[128];
        var mask = stackalloc byte[128];
        Check(Spawn.sigemptyset(defaults));
        Check(Spawn.sigemptyset(mask));
        AddSignal(defaults, Signals.SIGPIPE);
        AddSignal(defaults, Signals.SIGTTOU);
        Check(Spawn.posix_spawnattr_setsigdefault(attributes, defaults));
        Check(Spawn.posix_spawnattr_setsigmask(attributes, mask));
        short flags = Spawn.POSIX_SPAWN_SETSIGDEF | Spawn.POSIX_SPAWN_SETSIGMASK;
        if (spec.OwnGroup)
        {
            flags |= Spawn.POSIX_SPAWN_SETPGROUP;
            Check(Spawn.posix_spawnattr_setpgroup(attributes, 0));
        }

        if (spec.OwnSession)
        {
            flags |= Spawn.POSIX_SPAWN_SETSID;
        }

        Check(Spawn.posix_spawnattr_setflags(attributes, flags));
    }

    // sigaddset is a macro in some headers; the set is a bit field from signal 1 on every system Coop is built for.
    private static void AddSignal(byte* set, int signal) => set[(signal - 1) / 8] |= (byte)(1 << ((signal - 1) % 8));

    private static void Check(int errno)
    {
        if (errno != 0)
        {
            throw new IOException($"A program cannot be prepared: {Errno.Text(errno)}.");
        }
    }
}
