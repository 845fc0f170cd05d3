using Coop.Native;

namespace Coop.Storage;

/// <summary>A path as the kernel resolves it: no links, no <c>..</c>, on bytes.</summary>
internal static class PhysicalPath
{
    /// <summary>The resolved path; the path itself when it does not exist or cannot be resolved.</summary>
    public static BytePath Of(BytePath path) => RealPath.Resolve(path.Bytes) is { } resolved ? BytePath.From(resolved) : path;
}
