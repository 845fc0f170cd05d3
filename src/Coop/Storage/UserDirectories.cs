using Coop.Errors;

namespace Coop.Storage;

/// <summary>Coop's places in the user's home, after the XDG base directory specification. All absolute.</summary>
/// <param name="Configuration"><c>$XDG_CONFIG_HOME/coop</c>, by default <c>~/.config/coop</c>.</param>
/// <param name="State"><c>$XDG_STATE_HOME/coop</c>, by default <c>~/.local/state/coop</c>: homes, records, locks.</param>
/// <param name="Cache"><c>$XDG_CACHE_HOME/coop</c>, by default <c>~/.cache/coop</c>.</param>
/// <param name="Data"><c>$XDG_DATA_HOME/coop</c>, by default <c>~/.local/share/coop</c>: the agents for boxes without an image.</param>
/// <param name="Home">The home directory; null when there is none, which is fine while the first three are set.</param>
internal sealed record UserDirectories(string Configuration, string State, string Cache, string Data, string? Home)
{
    /// <summary>Relative values of the XDG variables are ignored, as the specification says.</summary>
    /// <exception cref="UserError">A place is needed and neither its variable nor <c>HOME</c> tells it.</exception>
    public static UserDirectories From(Func<string, string?> variable)
    {
        var home = Absolute(variable("HOME"));
        var state = Place("XDG_STATE_HOME", ".local/state");
        return new UserDirectories(
            Place("XDG_CONFIG_HOME", ".config"),
            state,
            Place("XDG_CACHE_HOME", ".cache"),
            home is null && Absolute(variable("XDG_DATA_HOME")) is null
                ? Path.Combine(state, "data")
                : Place("XDG_DATA_HOME", ".local/share"),
            home
        );

        string Place(string name, string below) =>
            Absolute(variable(name)) is { } set ? Path.Combine(set, "coop")
            : home is not null ? Path.Combine(home, below, "coop")
            : throw UserError.Usage(
                $"Coop does not know where to keep its files: neither HOME nor {name} is set.",
                "Set HOME to your home directory: export HOME=/home/you"
            );
    }

    private static string? Absolute(string? value) => value is { Length: > 0 } && Path.IsPathRooted(value) ? value : null;
}
