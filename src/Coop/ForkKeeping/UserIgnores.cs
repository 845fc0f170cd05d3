using Coop.Configuration;
using Coop.Git;

namespace Coop.ForkKeeping;

/// <summary>Where the user's global ignores stand: <c>core.excludesFile</c>, else <c>git/ignore</c> among the configurations (git-config(1)).</summary>
internal static class UserIgnores
{
    /// <summary>Null when it cannot be told.</summary>
    public static string? PathOf(GitConfiguration configuration, HostEnvironment host)
    {
        var home = host.GetFilled("HOME");
        if (configuration.GetFromUser("core.excludesfile") is { } named)
        {
            return !named.StartsWith("~/", StringComparison.Ordinal) ? named
                : home is null ? null
                : Path.Combine(home, named[2..]);
        }

        var place = host.GetFilled("XDG_CONFIG_HOME") ?? (home is null ? null : Path.Combine(home, ".config"));
        return place is null ? null : Path.Combine(place, "git", "ignore");
    }
}
