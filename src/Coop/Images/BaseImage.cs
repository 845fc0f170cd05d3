using System.Globalization;
using System.Text;

namespace Coop.Images;

/// <summary>The text from which an engine builds the shared base image. Pure; what it installs is what product and documentation promise.</summary>
internal static class BaseImage
{
    public const string FileName = "Containerfile";

    /// <summary>Where the image keeps which packages it got, as <c>npm ls --json</c> tells it.</summary>
    public const string PackageListPath = "/usr/local/share/coop/packages.json";

    /// <summary>Begins a line of a build's output that is meant for people.</summary>
    public const string ProgressMark = "== coop: ";

    // A program that shows the tool is there, and the Debian package that brings it.
    private static readonly (string Program, string Package)[] Tools =
    [
        ("git", "git"),
        ("rg", "ripgrep"),
        ("fdfind", "fd-find"),
        ("jq", "jq"),
        ("curl", "curl"),
        ("make", "build-essential"),
        ("g++", "build-essential"),
        ("python3", "python3"),
        ("unzip", "unzip"),
        ("xz", "xz-utils"),
        ("ps", "procps"),
        ("less", "less"),
        ("ssh", "openssh-client"),
        ("update-ca-certificates", "ca-certificates"),
    ];

    /// <param name="from">The image it builds on, as the engine knows it.</param>
    /// <param name="certificates">How many files of authorities the context holds, in <c>certificates/</c>.</param>
    /// <param name="mise">The spec of mise.</param>
    /// <param name="agents">Each agent's name and the specs of its packages.</param>
    public static string Render(
        string from,
        int certificates,
        string mise,
        IReadOnlyList<(string Name, IReadOnlyList<string> Specs)> agents
    )
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"FROM {from}\nUSER root\n");
        if (certificates > 0)
        {
            text.Append("COPY certificates/ /usr/local/share/ca-certificates/coop/\n");
        }

        Step(text, "tools", InstallTools());
        if (certificates > 0)
        {
            // Node has a list of its own and reads the system's only when told.
            text.Append("ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt\n");
        }

        Step(
            text,
            "user",
            "if ! getent passwd 1000 >/dev/null; then useradd --uid 1000 --create-home --home-dir /home/node --shell /bin/bash node; fi"
        );
        Step(text, "mise", Install([mise]));
        foreach (var (name, specs) in agents)
        {
            Step(text, name, Install(specs));
        }

        Step(
            text,
            "list",
            $"mkdir -p /usr/local/share/coop && npm ls --global --prefix /usr/local --depth=0 --json > {PackageListPath} || test -s {PackageListPath}"
        );
        text.Append("USER 1000\nWORKDIR /home/node\nCMD [\"bash\"]\n");
        return text.ToString();
    }

    private static string InstallTools()
    {
        var wanted = string.Join(' ', Tools.Select(tool => $"{tool.Program}:{tool.Package}"));
        return $"missing=; for tool in {wanted}; do command -v \"${{tool%%:*}}\" >/dev/null || missing=\"$missing ${{tool#*:}}\"; done; "
            + "if [ -n \"$missing\" ]; then export DEBIAN_FRONTEND=noninteractive; apt-get update -qq "
            + "&& apt-get install -y -qq --no-install-recommends $missing && rm -rf /var/lib/apt/lists/* || exit 1; fi; "
            + "if ! command -v fd >/dev/null; then ln -s \"$(command -v fdfind)\" /usr/local/bin/fd; fi; update-ca-certificates >/dev/null 2>&1";
    }

    private static string Install(IReadOnlyList<string> specs) =>
        $"npm install --global --prefix /usr/local --no-fund --no-audit --loglevel=error {string.Join(' ', specs)} && rm -rf /root/.npm";

    // The mark stands in two words there, so that an engine that prints the command does not print a mark.
    private static void Step(StringBuilder text, string name, string command) =>
        text.Append(CultureInfo.InvariantCulture, $"RUN echo \"== \"\"coop: {name}\"; {command}\n");
}
