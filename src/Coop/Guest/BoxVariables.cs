using System.Text;
using Coop.Native;

namespace Coop.Guest;

/// <summary>The environment of the box's command: the engine's own, with what came over the lifeline laid over it.</summary>
internal sealed class BoxVariables
{
    private readonly Dictionary<string, CString> byName = new(StringComparer.Ordinal);

    /// <param name="inherited"><c>KEY=value</c> entries as the first process got them.</param>
    /// <param name="sent">Entries that win.</param>
    public BoxVariables(IEnumerable<CString> inherited, IEnumerable<CString> sent)
    {
        foreach (var entry in inherited.Concat(sent))
        {
            var equals = entry.Bytes.IndexOf((byte)'=');
            if (equals > 0)
            {
                byName[Encoding.UTF8.GetString(entry.Bytes[..equals])] = entry;
            }
        }
    }

    public IReadOnlyList<CString> Entries =>
        [.. byName.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value)];

    /// <summary>The value; null when not set.</summary>
    public string? Get(string name) =>
        byName.TryGetValue(name, out var entry) ? Encoding.UTF8.GetString(entry.Bytes[(name.Length + 1)..]) : null;

    /// <summary>This process's own, from the kernel (the runtime's strings lose what is not UTF-8).</summary>
    public static IReadOnlyList<CString> Inherited()
    {
        List<CString> entries = [];
        ReadOnlySpan<byte> rest = File.ReadAllBytes("/proc/self/environ");
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)0);
            var entry = end < 0 ? rest : rest[..end];
            if (!entry.IsEmpty)
            {
                entries.Add(CString.From(entry));
            }

            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return entries;
    }
}
