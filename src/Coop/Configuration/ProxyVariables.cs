namespace Coop.Configuration;

/// <summary>How a machine says which proxy leads out of its network; curl's and most other programs' names.</summary>
internal static class ProxyVariables
{
    private static readonly string[] Names =
    [
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "FTP_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "ftp_proxy",
        "all_proxy",
    ];

    private static readonly string[] Exceptions = ["NO_PROXY", "no_proxy"];

    /// <summary>Their names, of those that are set. A proxy on the host's own loopback is left out: from a container that address leads nowhere.</summary>
    public static IReadOnlyList<string> SetIn(HostEnvironment host) =>
        [
            .. Names.Where(name => host.GetFilled(name) is { } value && !IsLoopback(value)),
            .. Exceptions.Where(name => host.GetFilled(name) is not null),
        ];

    private static bool IsLoopback(string value) =>
        Uri.TryCreate(value.Contains("://", StringComparison.Ordinal) ? value : "http://" + value, UriKind.Absolute, out var uri)
        && uri.IsLoopback;
}
