using System.Collections.Concurrent;
using Xunit;
using Xunit.Sdk;

namespace Coop.BoxTests.TestKit;

/// <summary>An engine and who calls it: one column of the table that every promise of the box is tested against.</summary>
public sealed record BoxRig : IXunitSerializable
{
    public const string Image = "localhost/coop-test-base:latest";

    // Asking an engine costs a third of a second; the answer does not change during a run.
    private static readonly ConcurrentDictionary<BoxRig, Lazy<Task<string?>>> Obstacles = new();

    public BoxRig() { }

    internal BoxRig(Engine engine, CallerKind caller)
    {
        Engine = engine;
        Caller = caller;
    }

    public Engine Engine { get; private set; }

    public CallerKind Caller { get; private set; }

    internal bool HasContainers => Engine != Engine.Bwrap;

    /// <summary>The program of the engine, which is also the value of COOP_RUNTIME.</summary>
    internal string EngineName => Engine.ToString().ToLowerInvariant();

    internal Account Account => Account.Of(Caller) ?? throw new InvalidOperationException($"There is no account for {this}.");

    /// <summary>Skips the test, saying why, where this rig cannot be had; under CI=true that is a failure.</summary>
    internal async Task RequireAsync()
    {
        var obstacle = await Obstacles.GetOrAdd(this, rig => new(rig.FindObstacleAsync)).Value;
        if (obstacle is null)
        {
            return;
        }
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(obstacle);
        }
        Assert.Skip(obstacle);
    }

    private async Task<string?> FindObstacleAsync()
    {
        if (Account.Of(Caller) is null)
        {
            return $"{this} needs tests that run as root and the account of eng/engines.sh.";
        }
        string[] question = Engine == Engine.Bwrap ? ["bwrap", "--version"] : [EngineName, "image", "inspect", Image];
        try
        {
            var answer = await new ProgramRun(Account, question) { Variables = EngineVariables }.RunAsync();
            return answer.ExitCode == 0 ? null : $"{this} is not to be had (eng/engines.sh installs it): {answer.Error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            return $"{this} is not to be had (eng/engines.sh installs it): {cause.Message}";
        }
    }

    /// <summary>What an engine's client needs to find its images, whatever HOME a test sets.</summary>
    internal IReadOnlyDictionary<string, string> EngineVariables
    {
        get
        {
            var account = Account;
            var home = account.Home ?? "/";
            var variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                ["HOME"] = home,
                ["XDG_DATA_HOME"] = Path.Combine(home, ".local/share"),
            };
            var runtime = $"/run/user/{account.Uid}";
            if (account.Uid != 0 && Directory.Exists(runtime))
            {
                variables["XDG_RUNTIME_DIR"] = runtime;
            }
            return variables;
        }
    }

    public override string ToString() =>
        (Engine, Caller) switch
        {
            (_, CallerKind.Root) => $"{EngineName}/root",
            (Engine.Podman, CallerKind.Ordinary) => "podman/rootless",
            (_, CallerKind.Ordinary) => $"{EngineName}/user",
            _ => throw new InvalidOperationException($"No name for a caller {Caller}."),
        };

    void IXunitSerializable.Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Engine), Engine);
        info.AddValue(nameof(Caller), Caller);
    }

    void IXunitSerializable.Deserialize(IXunitSerializationInfo info)
    {
        Engine = info.GetValue<Engine>(nameof(Engine));
        Caller = info.GetValue<CallerKind>(nameof(Caller));
    }
}
