using Coop.Configuration;
using Coop.Storage;

namespace Coop.Runs;

/// <summary>
/// A place for a project that nobody keeps, with a home of its own beside it: what Coop and git keep for such a project lies there too and goes with it. Removed
/// on every path but a killed Coop's.
/// </summary>
internal sealed class ThrowawayProject : IDisposable
{
    private readonly string directory;

    private ThrowawayProject(string directory)
    {
        this.directory = directory;
        Directory.CreateDirectory(HomePath);
        Directory.CreateDirectory(ProjectPath);
    }

    /// <summary>Physical, as everything that is mounted.</summary>
    public string ProjectPath => System.IO.Path.Combine(directory, "project");

    public string HomePath => System.IO.Path.Combine(directory, "home");

    /// <summary>Holds both: what a box must not reach from the project.</summary>
    public string OutsidePath => directory;

    public BytePath Project => BytePath.From(ProjectPath);

    /// <param name="parent">An existing directory.</param>
    /// <param name="name">The first part of the new directory's name.</param>
    public static ThrowawayProject Create(string parent, string name)
    {
        var physical = System.Text.Encoding.UTF8.GetString(PhysicalPath.Of(BytePath.From(parent)).Bytes);
        var made = Path.Combine(physical, $"{name}-{Convert.ToHexStringLower(Guid.NewGuid().ToByteArray())[..12]}");
        Directory.CreateDirectory(made, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new ThrowawayProject(made);
    }

    /// <summary>The same machine seen from this project: its home, no XDG place of the user's, and these variables besides.</summary>
    /// <param name="kept">Variables of the host that stay.</param>
    public HostEnvironment Seen(
        HostEnvironment host,
        IEnumerable<KeyValuePair<string, string>> kept,
        params IEnumerable<(string Name, string Value)> added
    )
    {
        Dictionary<string, string> variables = new(kept, StringComparer.Ordinal);
        foreach (var place in (string[])["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"])
        {
            variables.Remove(place);
        }

        variables["HOME"] = HomePath;
        foreach (var (name, value) in added)
        {
            variables[name] = value;
        }

        return host with
        {
            Variables = variables,
            WorkingDirectory = Project,
        };
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Something in it is still held, or was made unreadable; it lies where temporary things lie.
        }
    }
}
