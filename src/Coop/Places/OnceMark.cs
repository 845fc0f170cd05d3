using System.Text;
using Coop.Storage;

namespace Coop.Places;

/// <summary>Remembers that something was said about a repository, so that it is said once.</summary>
internal sealed class OnceMark(UserDirectories directories, BytePath repository, string name)
{
    private readonly string path = Encoding.UTF8.GetString(
        BytePath.From(directories.State).Join("said").Join(RepositoryId.Of(repository)).Join(name).Bytes
    );

    public bool IsSet => File.Exists(path);

    public void Set() => AtomicFile.Write(path, "");
}
