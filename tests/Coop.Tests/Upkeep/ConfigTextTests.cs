using Coop.Configuration;
using Xunit;

namespace Coop.Upkeep;

public class ConfigTextTests
{
    private static readonly SettingValue[] Values =
    [
        new("COOP_A", "", "default"),
        new("COOP_LONGER", "value\u001b[31m", "environment"),
        new("COOP_LONG", new string('x', 50), "/f:1"),
    ];

    [Fact]
    public void Settings_are_aligned_and_clean() =>
        Assert.Equal(
            $"""
            COOP_A       -                                         default
            COOP_LONGER  value                                     environment
            COOP_LONG    {new string('x', 50)}  /f:1

            """,
            ConfigText.Render(Values)
        );

    [Fact]
    public void Json_holds_the_values_as_they_are() =>
        Assert.Equal(
            """
            {
              "settings": [
                {
                  "key": "COOP_A",
                  "value": "",
                  "source": "default"
                },
                {
                  "key": "COOP_LONGER",
                  "value": "value\u001B[31m",
                  "source": "environment"
                }
              ]
            }

            """,
            ConfigJson.Render(Values[..2])
        );
}
