using Coop.Configuration;
using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Engines;

public sealed class EngineDetectorTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<EngineKind> asked = [];
    private readonly HashSet<EngineKind> working = [];

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task The_engine_that_was_asked_for_is_taken_without_a_question()
    {
        Assert.Equal(EngineKind.AppleContainer, await DetectAsync(EngineKind.AppleContainer));
        Assert.Equal([], asked);
    }

    [Fact]
    public async Task The_first_that_answers_is_taken_bubblewrap_last()
    {
        working.Add(EngineKind.Bubblewrap);
        Assert.Equal(EngineKind.Bubblewrap, await DetectAsync());
        Assert.Equal([EngineKind.Docker, EngineKind.Podman, EngineKind.Bubblewrap], asked);
    }

    [Fact]
    public async Task Docker_comes_before_podman()
    {
        working.UnionWith([EngineKind.Podman, EngineKind.Docker, EngineKind.Bubblewrap]);
        Assert.Equal(EngineKind.Docker, await DetectAsync());
        Assert.Equal([EngineKind.Docker], asked);
    }

    [Fact]
    public async Task The_answer_is_remembered_until_it_is_forgotten()
    {
        working.Add(EngineKind.Podman);
        await DetectAsync();
        asked.Clear();
        Assert.Equal(EngineKind.Podman, await DetectAsync());
        Assert.Equal([], asked);

        Detector().Forget();
        Assert.Equal(EngineKind.Podman, await DetectAsync());
        Assert.Equal([EngineKind.Docker, EngineKind.Podman], asked);
    }

    [Fact]
    public void Forgetting_what_was_never_known_is_nothing() => Detector().Forget();

    [Fact]
    public async Task Only_the_user_may_walk_into_the_state_that_remembers()
    {
        working.Add(EngineKind.Docker);
        await DetectAsync();
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(directory.PathOf("state"))
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("dock")]
    public async Task A_damaged_memory_is_none(string remembered)
    {
        directory.Write("state/engine", remembered);
        working.Add(EngineKind.Docker);
        Assert.Equal(EngineKind.Docker, await DetectAsync());
        Assert.Equal(
            "docker\n",
            await File.ReadAllTextAsync(directory.PathOf("state/engine"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task When_none_answers_the_smallest_is_offered()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => DetectAsync());
        Assert.Equal("No engine answers, and bubblewrap cannot run here either: Bubblewrap is broken.", error.Message);
        Assert.Equal("Install the smallest one: sudo apt-get install bubblewrap slirp4netns", error.Hint);
        Assert.False(File.Exists(directory.PathOf("state/engine")));
    }

    private EngineDetector Detector() => new(Engine, directory.UserDirectories);

    private Task<EngineKind> DetectAsync(EngineKind? wanted = null) =>
        Detector().DetectAsync(wanted, TestContext.Current.CancellationToken);

    private FakeEngine Engine(EngineKind kind)
    {
        asked.Add(kind);
        return new FakeEngine(kind) { Refusal = working.Contains(kind) ? null : new UserError($"{kind} is broken.", "") };
    }
}
