namespace Coop.BoxTests.TestKit;

/// <summary>A root with the static probe, /proc, /dev and what a test writes, and nothing else: by bubblewrap, in the host's network.</summary>
internal sealed class EmptyRoot : IDisposable
{
    private readonly string directory = TestDirectory.Make("coop-root");
    private bool ownNetwork;

    private EmptyRoot() { }

    /// <summary>Skips or fails the test where there is no bubblewrap.</summary>
    public static async Task<EmptyRoot> CreateAsync()
    {
        await new BoxRig(Engine.Bwrap, Account.Current.Uid == 0 ? CallerKind.Root : CallerKind.Ordinary).RequireAsync();
        return new EmptyRoot();
    }

    /// <summary>From now on with a network of its own, in which the program may be a server on any port.</summary>
    public EmptyRoot OwnNetwork()
    {
        ownNetwork = true;
        return this;
    }

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    /// <summary>A shared library that needs no other.</summary>
    public async Task CompileModuleAsync(string path, string source)
    {
        Write(path, "");
        Write("/module.c", source);
        var compiler = File.Exists("/usr/bin/gcc") ? "gcc" : "clang";
        ProgramRun compile = new(
            Account.Current,
            [compiler, "-shared", "-fPIC", "-nostdlib", "-o", PathOf(path), PathOf("/module.c")]
        )
        {
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" },
        };
        (await compile.RunAsync()).Succeeded();
    }

    /// <summary>The probe with these words.</summary>
    public ProgramRun Run(params string[] words)
    {
        string[] network = ownNetwork ? ["--unshare-net", "--uid", "0", "--cap-add", "CAP_NET_BIND_SERVICE"] : [];
        string[] files =
        [
            "--bind",
            directory,
            "/",
            "--ro-bind",
            StaticProbe.ExecutablePath,
            "/probe",
            "--proc",
            "/proc",
            "--dev",
            "/dev",
        ];
        string[] command = ["/usr/bin/bwrap", "--unshare-user", .. network, .. files, "/probe", .. words];

        // The runtime's TLS looks for a home, and fails when neither a variable nor /etc/passwd tells one.
        return new ProgramRun(Account.Current, command).Environment("HOME", "/");
    }

    public void Dispose() => TestDirectory.Remove(directory);

    private string PathOf(string path) => directory + path;
}
