using System.Text;
using Coop.Formats;
using Coop.Native;

namespace Coop.Guest;

/// <summary>The environment of the box's command: the engine's own, with what came over the lifeline laid over it.</summary>
internal sealed class BoxVariables
{
    private const string MisePlace = "MISE_DATA_DIR";
    private const string AsdfPlace = "ASDF_DATA_DIR";

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

    /// <summary>Has mise and asdf keep their tools where those of <c>.tool-versions</c> are mounted, and finds those first. An image with a place of its own has them baked in.</summary>
    public void PointToTools()
    {
        if (Get(MisePlace) is not null || Get(AsdfPlace) is not null)
        {
            return;
        }

        var (mise, asdf) = ($"{GuestProtocol.ToolsPlace}/mise", $"{GuestProtocol.ToolsPlace}/asdf");
        Set(MisePlace, mise);
        Set(AsdfPlace, asdf);
        Set("PATH", $"{mise}/shims:{asdf}/shims:{Get("PATH")}");
    }

    private void Set(string name, string value) => byName[name] = CString.From($"{name}={value}");

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
