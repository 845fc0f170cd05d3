using Coop.Errors;
using Xunit;

namespace Coop.Storage;

public class UserDirectoriesTests
{
    [Fact]
    public void They_lie_in_the_home() =>
        Assert.Equal(
            new UserDirectories(
                "/home/ada/.config/coop",
                "/home/ada/.local/state/coop",
                "/home/ada/.cache/coop",
                "/home/ada/.local/share/coop",
                "/home/ada"
            ),
            From(("HOME", "/home/ada"))
        );

    [Fact]
    public void Each_can_lie_elsewhere() =>
        Assert.Equal(
            new UserDirectories("/c/coop", "/s/coop", "/k/coop", "/d/coop", null),
            From(("XDG_CONFIG_HOME", "/c"), ("XDG_STATE_HOME", "/s"), ("XDG_CACHE_HOME", "/k"), ("XDG_DATA_HOME", "/d"))
        );

    [Theory]
    [InlineData("relative")]
    [InlineData("")]
    public void A_relative_place_is_ignored_as_the_specification_says(string value) =>
        Assert.Equal("/home/ada/.config/coop", From(("HOME", "/home/ada"), ("XDG_CONFIG_HOME", value)).Configuration);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative")]
    public void Without_a_home_the_missing_place_is_named(string? home)
    {
        var error = Assert.Throws<UserError>(() => From(("HOME", home), ("XDG_CONFIG_HOME", "/c")));
        Assert.Equal("Coop does not know where to keep its files: neither HOME nor XDG_STATE_HOME is set.", error.Message);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    private static UserDirectories From(params (string Name, string? Value)[] variables) =>
        UserDirectories.From(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
