using Coop.Clones;
using Coop.Repositories;
using Coop.Storage;

namespace Coop.ForkKeeping;

/// <summary>Where a repository's forks and what Coop keeps of them lie: beside the repository, never in it.</summary>
/// <param name="repository">The top of the user's working tree.</param>
internal sealed class ForkPlaces(BytePath repository)
{
    public BytePath Repository => repository;

    public BytePath Directory { get; } = ForkMark.DirectoryOf(repository);

    public BytePath State => Directory.Join(ForkMark.StateName);

    /// <summary>Work under way; one directory for each Coop, swept when nobody holds its lock.</summary>
    public BytePath Scratch => State.Join("scratch");

    public BytePath Fork(string name) => Directory.Join(name);

    public BytePath Record(string name) => State.Join($"{name}.json");

    public BytePath Lock(string name) => State.Join($"{name}.lock");

    public BytePath Holder(string name) => State.Join($"{name}.holder");

    public BytePath Log(string name) => State.Join($"{name}.log");

    /// <summary>The part of the log before the newest one.</summary>
    public BytePath LogBefore(string name) => State.Join($"{name}.log.1");

    /// <summary>The copy of a fork's files that a reviewer opens.</summary>
    public BytePath Opened(string name) => State.Join("opened").Join(name).Join(repository.Name);

    /// <summary>As text for the runtime's file calls.</summary>
    public static string Text(BytePath path) => GitDirectoryWriter.Text(path);
}
