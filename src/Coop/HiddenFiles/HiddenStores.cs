using System.Text;
using Coop.Masking;
using Coop.Places;
using Coop.Storage;

namespace Coop.HiddenFiles;

/// <summary>What Coop keeps of a repository's hidden paths, outside it: what was hidden before, and the user's own exceptions.</summary>
internal sealed class HiddenStores
{
    private readonly string directory;

    public HiddenStores(UserDirectories directories, BytePath repository)
    {
        directory = Encoding.UTF8.GetString(
            BytePath.From(directories.State).Join("hidden").Join(RepositoryId.Of(repository)).Bytes
        );
        Memory = new HiddenMemoryStore(Path.Combine(directory, "memory"));
        Exceptions = new UserExceptionsStore(Path.Combine(directory, "allowed"));
    }

    public HiddenMemoryStore Memory { get; }

    public UserExceptionsStore Exceptions { get; }

    /// <summary>Keeps what was found for the next time. Another Coop that is keeping it at this moment keeps the same.</summary>
    public void Remember(BytePath root, HiddenPaths found, HiddenMemory memory)
    {
        if (found.Identities.Count == 0 && found.IgnoreRules.Count == 0)
        {
            return;
        }

        using var held = Lock();
        if (held is not null)
        {
            Memory.Remember(root, found, memory);
        }
    }

    /// <summary>Null when another Coop is changing what is kept.</summary>
    public FileLock? Lock()
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return FileLock.TryTake(Path.Combine(directory, "lock"));
    }
}
