using Coop.Configuration;
using Coop.Native;
using Coop.Storage;

namespace Coop.TestKit;

/// <summary>A machine for tests: an ordinary user with a home, and the words and variables that a test says.</summary>
internal static class SomeHost
{
    public static HostEnvironment With(params (string Name, string Value)[] variables) =>
        new()
        {
            Variables = new Dictionary<string, string>(
                variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)),
                StringComparer.Ordinal
            ),
            Arguments = [],
            WorkingDirectory = BytePath.From("/home/ada/project"),
            ExecutablePath = "/usr/local/bin/coop",
            UserId = 1234,
            GroupId = 1234,
        };

    public static HostEnvironment Saying(this HostEnvironment host, params string[] words) =>
        host with
        {
            Arguments = CString.List(words),
        };
}
