using System.Text;
using Coop.Errors;
using Coop.Storage;

namespace Coop.Logins;

/// <summary>
/// Lays a plan into a box's home. Beside the home stands a list of what was laid, out of the box's reach, so that what the user has removed since goes from the
/// home too.
/// </summary>
/// <param name="owner">Who the files are given to when root lays them; null leaves them the caller's.</param>
internal sealed class HomeWriter((uint Uid, uint Gid)? owner)
{
    private const int ListLimitBytes = 4_000_000;

    /// <exception cref="UserError">Something is in the way.</exception>
    public void Write(AgentHomePlan plan)
    {
        var list = Encoding.UTF8.GetString(plan.Home.Bytes) + ".laid";
        var names = plan.Files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in ReadList(list).Where(name => !names.Contains(name)))
        {
            SafeWriter.Remove(plan.Home, plan.PathOf(gone));
        }

        var laid = string.Concat(names.Order(StringComparer.Ordinal).Select(name => name + "\n"));
        if (Encoding.UTF8.GetString(BoundedFile.Read(list, ListLimitBytes) ?? []) != laid)
        {
            AtomicFile.Write(list, laid);
        }

        foreach (var file in plan.Files)
        {
            WriteOne(plan.Home, plan.PathOf(file.Name), file.Content, file.IsExecutable);
        }
    }

    /// <summary>Writes a file of a home, unless it is there already.</summary>
    public void WriteOne(BytePath home, BytePath path, ReadOnlyMemory<byte> content, bool isExecutable)
    {
        if (Read(home, path, content.Length) is { } present && present.AsSpan().SequenceEqual(content.Span))
        {
            return;
        }

        SafeWriter.Replace(home, path, content.Span, isExecutable ? SafeWriter.OwnersProgram : SafeWriter.OwnersFile, owner);
    }

    /// <summary>A file of a home; null when there is none, or none that may be read.</summary>
    public static byte[]? Read(BytePath home, BytePath path, int limitBytes)
    {
        try
        {
            return SafeFile.Read(home, path, limitBytes);
        }
        catch (UserError)
        {
            return null;
        }
    }

    private static string[] ReadList(string path) =>
        Encoding.UTF8.GetString(BoundedFile.Read(path, ListLimitBytes) ?? []).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
