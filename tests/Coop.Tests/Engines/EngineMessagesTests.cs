using Coop.Configuration;
using Coop.TestKit;
using Xunit;

namespace Coop.Engines;

/// <summary>Messages as docker 20.10 and podman 4.3 print them.</summary>
public class EngineMessagesTests
{
    private const string DockerSocket =
        "docker: Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: "
        + "Post \"http://%2Fvar%2Frun%2Fdocker.sock/v1.24/containers/create\": dial unix /var/run/docker.sock: connect: permission denied.\n"
        + "See 'docker run --help'.\n";

    [Theory]
    [InlineData("docker", "docker: Error: No such image: coop-box.\nSee 'docker run --help'.\n")]
    [InlineData(
        "docker",
        "Unable to find image 'coop-box:latest' locally\ndocker: Error response from daemon: pull access denied.\n"
    )]
    [InlineData("podman", "Error: coop-box: image not known\n")]
    public void A_missing_image_is_named_with_ways_out(string engine, string messages)
    {
        var error = Start(engine, 125, messages);
        Assert.Equal($"{engine} has no image 'coop-box'.", error.Message);
        Assert.Equal(
            "Build it: coop build. Or name one it has with COOP_IMAGE, or use what needs none: COOP_RUNTIME=bwrap",
            error.Hint
        );
        Assert.Equal("coop-box", error.MissingImage);
    }

    [Fact]
    public void A_socket_that_refuses_is_a_matter_of_groups()
    {
        var error = Start("docker", 126, DockerSocket);
        Assert.StartsWith(
            "docker refuses you: docker: Got permission denied while trying",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("Join its group and log in again: sudo usermod -aG docker $USER", error.Hint);
    }

    [Theory]
    [InlineData(
        "docker: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?.\nSee 'docker run --help'.\n"
    )]
    [InlineData(
        "docker: error during connect: dial unix /var/run/docker.sock: connect: no such file or directory.\nSee 'docker run --help'.\n"
    )]
    public void A_daemon_that_is_not_running_is_to_be_started(string messages)
    {
        var error = Start("docker", 125, messages);
        Assert.StartsWith("docker does not answer: docker: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("Start it: sudo systemctl start docker, or use what needs no engine: COOP_RUNTIME=bwrap", error.Hint);
    }

    [Fact]
    public void Anything_else_is_quoted()
    {
        var error = Start(
            "podman",
            126,
            "Error: crun: \u001b[31mopen executable: Permission denied\u001b[0m: OCI permission denied\n"
        );
        Assert.Equal(
            "podman could not start the box (exit 126): Error: crun: open executable: Permission denied: OCI permission denied.",
            error.Message
        );
    }

    [Theory]
    [InlineData("", "it said nothing.")]
    [InlineData("\n \n", "it said nothing.")]
    [InlineData("one\ntwo\n", "two.")]
    [InlineData("two.\nSee 'docker run --help'.\n", "two.")]
    [InlineData("two\nRun 'docker run --help' for more information\n", "two.")]
    [InlineData("two\ntime=\"x\" level=error msg=\"error waiting for container: \"\n", "two.")]
    [InlineData("a\u001b]52;c;aGk=\u0007b\n", "ab.")]
    public void The_last_line_that_tells_something_is_kept(string messages, string expected) =>
        Assert.Equal(expected, EngineMessages.LastLine(messages));

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    [InlineData("container")]
    [InlineData("bwrap")]
    public void An_engine_that_is_not_there_is_named_with_how_to_get_it(string engine)
    {
        var error = EngineMessages.NotInstalled(EngineNames.Find(engine)!.Value);
        Assert.Equal($"{engine} is not installed, or cannot be started.", error.Message);
        Assert.NotEmpty(error.Hint);
    }

    private static Errors.UserError Start(string engine, int exitCode, string messages) =>
        EngineMessages.StartFailed(SomePlan.On(EngineNames.Find(engine)!.Value), exitCode, messages);
}
