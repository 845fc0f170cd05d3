using Coop.Storage;

namespace Coop.Places;

/// <summary>Where Coop keeps what boxes need, below its state directory.</summary>
internal static class StatePaths
{
    /// <summary>The name of the lifeline's directory in a run's.</summary>
    public const string LineName = "line";

    /// <summary>One directory for each run under way, removed at its end.</summary>
    public static BytePath Runs(UserDirectories directories) => BytePath.From(directories.State).Join("runs");

    public static BytePath Run(UserDirectories directories, string runId) => Runs(directories).Join(runId);

    /// <summary>The lifeline's directory of one run: what the box sees of it.</summary>
    public static BytePath Line(UserDirectories directories, string runId) => Run(directories, runId).Join(LineName);

    /// <summary>The home directory of boxes of one repository and one account.</summary>
    public static BytePath Home(UserDirectories directories, BytePath repository, string account) =>
        BytePath.From(directories.State).Join("homes").Join(RepositoryId.Of(repository)).Join(account);

    /// <summary>What boxes of one repository see as <c>~/.cache</c>.</summary>
    public static BytePath Cache(UserDirectories directories, BytePath repository) =>
        BytePath.From(directories.Cache).Join($"coop-cache-{RepositoryId.Of(repository)}");

    /// <summary>What boxes of one repository on one engine keep the tools of <c>.tool-versions</c> in.</summary>
    public static BytePath Tools(UserDirectories directories, BytePath repository, string engine) =>
        BytePath.From(directories.Cache).Join($"coop-tools-{RepositoryId.Of(repository)}").Join(engine);

    /// <summary>The npm prefix that holds the agents of boxes without an image. Not part of the state: it can be made anew.</summary>
    public static BytePath Agents(UserDirectories directories) => BytePath.From(directories.Data).Join("agents-prefix");

    /// <summary>What lies over hidden files.</summary>
    public static BytePath EmptyFile(UserDirectories directories) => BytePath.From(directories.State).Join("empty").Join("file");

    /// <summary>What lies over hidden directories.</summary>
    public static BytePath EmptyDirectory(UserDirectories directories) =>
        BytePath.From(directories.State).Join("empty").Join("directory");

    /// <summary>What lies over a closed directory above a repository.</summary>
    public static BytePath Parents(UserDirectories directories, BytePath repository) =>
        BytePath.From(directories.State).Join("parents").Join(RepositoryId.Of(repository));

    /// <summary>Stand-ins for hidden files that git tracks.</summary>
    public static BytePath Decoys(UserDirectories directories) => BytePath.From(directories.State).Join("decoys");

    /// <summary>The directory that holds what lies over a hidden path: staged once for all masks.</summary>
    public static BytePath MaskDirectoryOf(UserDirectories directories, BytePath source) =>
        source.IsWithin(Decoys(directories)) ? Decoys(directories) : EmptyFile(directories).Parent;
}
