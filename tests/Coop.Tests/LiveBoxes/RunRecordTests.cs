using Coop.Configuration;
using Xunit;

namespace Coop.LiveBoxes;

public class RunRecordTests
{
    [Theory]
    [InlineData("docker", null)]
    [InlineData("podman", "/run/coop/0a1b2c3d")]
    [InlineData("container", null)]
    [InlineData("bwrap", null)]
    public void A_record_is_read_back(string engine, string? staging)
    {
        RunRecord record = new(EngineNames.Find(engine)!.Value, "coop-x-1", staging);
        Assert.Equal(record, RunRecord.Parse(record.ToText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("docker")]
    [InlineData("docker\n\n\n")]
    [InlineData("kubernetes\nname\n\n")]
    public void What_is_no_record_is_none(string text) => Assert.Null(RunRecord.Parse(text));
}
