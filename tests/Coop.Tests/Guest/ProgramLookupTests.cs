using Coop.Native;
using Coop.TestKit;
using Xunit;

namespace Coop.Guest;

public sealed class ProgramLookupTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public ProgramLookupTests()
    {
        Add("one/tool", executable: false);
        Add("two/tool", executable: true);
        Add("three/tool", executable: true);
        Add("one/text", executable: false);
        Directory.CreateDirectory(directory.PathOf("two/folder"));
    }

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("tool", "two/tool")]
    [InlineData("text", "one/text")]
    [InlineData("folder", null)]
    [InlineData("missing", null)]
    public void A_name_is_sought_on_the_path_in_order(string name, string? expected) =>
        Assert.Equal(
            expected is null ? null : directory.PathOf(expected),
            ProgramLookup.Find(CString.From(name), SearchPath())?.ToString()
        );

    [Fact]
    public void A_name_with_a_slash_is_a_path()
    {
        Assert.Equal(directory.PathOf("one/text"), Find(directory.PathOf("one/text")));
        Assert.Null(Find(directory.PathOf("one/missing")));
    }

    [Fact]
    public void Without_a_path_the_systems_own_places_are_searched() =>
        Assert.EndsWith("/sh", ProgramLookup.Find(CString.From("sh"), null)?.ToString(), StringComparison.Ordinal);

    private string? Find(string command) => ProgramLookup.Find(CString.From(command), SearchPath())?.ToString();

    private string SearchPath() =>
        $"{directory.PathOf("nothing")}:{directory.PathOf("one")}:{directory.PathOf("two")}:{directory.PathOf("three")}";

    private void Add(string name, bool executable)
    {
        var path = directory.Write(name, "#!/bin/sh\n");
        File.SetUnixFileMode(
            path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | (executable ? UnixFileMode.UserExecute : UnixFileMode.None)
        );
    }
}
