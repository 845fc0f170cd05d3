using System.Text.RegularExpressions;
using Coop.Agents;
using Coop.Configuration;
using Coop.Errors;

namespace Coop.Images;

/// <summary>Which npm packages bring what an image holds, in the versions that the user asked for.</summary>
internal static partial class AgentPackages
{
    /// <summary>Tool versions: reads <c>.tool-versions</c> and asdf's plugins.</summary>
    public const string Mise = "@jdxcode/mise";

    /// <summary>The specs of an agent: itself and its ACP adapter, <c>name</c> or <c>name@version</c>.</summary>
    /// <exception cref="UserError">The setting names something else than a package Coop installs, or no spec.</exception>
    public static IReadOnlyList<string> Of(IAgent agent, Settings settings) => Chosen(agent.Packages, settings);

    public static string OfMise(Settings settings) => Chosen([Mise], settings)[0];

    private static string[] Chosen(IReadOnlyList<string> packages, Settings settings)
    {
        var asked = settings.AgentPackages;
        foreach (var spec in asked)
        {
            if (
                !Spec.IsMatch(spec)
                || (NameOf(spec) != Mise && !AgentCatalog.All.Any(agent => agent.Packages.Contains(NameOf(spec))))
            )
            {
                throw UserError.Usage(
                    $"{SettingCatalog.AgentPackages} names '{spec}', which is no package that Coop installs.",
                    $"Name versions of these: {string.Join(", ", AgentCatalog.All.SelectMany(agent => agent.Packages))}, {Mise}"
                );
            }
        }

        return [.. packages.Select(name => asked.FirstOrDefault(spec => NameOf(spec) == name) ?? name)];
    }

    private static string NameOf(string spec) => spec.LastIndexOf('@') is > 0 and var at ? spec[..at] : spec;

    // What stands in a shell's command later: names and versions as npm has them, and nothing else.
    [GeneratedRegex(
        "^(@[a-z0-9._-]+/)?[a-z0-9][a-z0-9._-]*(@[A-Za-z0-9.^~+-]+)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Spec { get; }
}
