using System.Text;
using System.Text.RegularExpressions;

namespace Coop.HiddenFiles;

/// <summary>
/// The names of a tree judged as slowly and as plainly as can be, for ASCII: every pattern a regular expression over the whole path,
/// every left-over taken apart with strings.
/// </summary>
internal sealed class ReferenceRules
{
    private static readonly string[] BuiltIn =
    [
        @"\.env",
        @"\.env\..*",
        @"\.envrc",
        @".*\.(secret|secrets|tfvars|tfvars\.json|tfstate|tfstate\..*|pem|key|p12|pfx|p8|ppk|jks|keystore|kdbx|ovpn)",
        "id_(rsa|ed25519|ecdsa|dsa).*",
        @"\.netrc|_netrc|\.npmrc|\.pypirc|\.git-credentials|\.htpasswd|\.dockercfg|\.pgpass|\.my\.cnf",
        @"service-?account.*\.json|.*-credentials\.json|application_default_credentials\.json|credentials|credentials\.json",
        @"secrets|\.secrets|secrets\.json|secrets\.y.*ml|\.aws|\.azure|\.gcloud|\.kube|\.ssh|\.gnupg",
    ];

    private static readonly Regex Names = Expression($"^({string.Join('|', BuiltIn)})$");
    private static readonly Regex Template = Expression(@"\.(example|sample|template|dist|pub)$");

    private static readonly Regex Docker = Expression(@"(^|/)\.docker/$");

    private static readonly Regex[] LeftOvers =
    [
        Expression("^#(?<name>.+)#$"),
        Expression(@"^\.#(?<name>.+)$"),
        Expression(@"^(?<name>.+)\.(bak|old|orig|save)$"),
        Expression("^(?<name>.+)___jb_(tmp|old)___$"),
        Expression(@"^\.(?<name>.+)\.(sw[k-px]|un~)$"),
        Expression(@"^(?<name>.+)\.(sw[k-px]|un~)$"),
        Expression(@"^(?<name>.+)\.~[0-9]+~$"),
        Expression(@"^(?<name>.+)(?<!\.un|\.~[0-9]+)~$"),
    ];

    // Directory of the file, expression, for directories only, spells the end of a template.
    private readonly List<(string Directory, Regex Path, bool DirectoriesOnly, bool NamesTemplate)> rules = [];

    /// <param name="directory">Empty for the root.</param>
    public void Add(string directory, string line)
    {
        var directoriesOnly = line.EndsWith('/');
        var body = line.TrimEnd('/');
        var isPath = body.Contains('/', StringComparison.Ordinal);
        body = body.TrimStart('/');
        var expression = new StringBuilder("^");
        if (!isPath && !(directoriesOnly && body == "**"))
        {
            expression.Append("([^/]+/)*").Append(Segment(body));
        }
        else
        {
            var segments = body.Split('/', StringSplitOptions.RemoveEmptyEntries);
            for (var at = 0; at < segments.Length; at++)
            {
                var isLast = at == segments.Length - 1;
                expression.Append(
                    (segments[at], isLast) switch
                    {
                        ("**", true) => "[^/]+(/[^/]+)*",
                        ("**", false) => "([^/]+/)*",
                        (var name, true) => Segment(name),
                        (var name, false) => Segment(name) + "/",
                    }
                );
            }
        }

        var regex = Expression(expression.Append('$').ToString());
        rules.Add((directory, regex, directoriesOnly, Template.IsMatch(body.Split('/')[^1])));
    }

    /// <summary>Whether a rule matches the name of this path; directories above it are not looked at.</summary>
    public bool Hides(string path, bool isDirectory)
    {
        var slash = path.LastIndexOf('/') + 1;
        var name = path[slash..];
        var isTemplate = Template.IsMatch(name);
        return Originals(name, 4).Any(original => HidesExactly(path[..slash], original, isDirectory, isTemplate));
    }

    private bool HidesExactly(string parent, string name, bool isDirectory, bool isTemplate)
    {
        var isBuiltIn =
            Names.IsMatch(name) || (name.Equals("config.json", StringComparison.OrdinalIgnoreCase) && Docker.IsMatch(parent));
        if (isBuiltIn && !isTemplate)
        {
            return true;
        }

        var path = parent + name;
        foreach (var rule in rules)
        {
            var prefix = rule.Directory.Length == 0 ? "" : rule.Directory + "/";
            if (
                path.StartsWith(prefix, StringComparison.Ordinal)
                && (isDirectory || !rule.DirectoriesOnly)
                && (rule.NamesTemplate || !isTemplate)
                && rule.Path.IsMatch(path[prefix.Length..])
            )
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Originals(string name, int marks)
    {
        yield return name;
        if (marks == 0)
        {
            yield break;
        }

        foreach (var leftOver in LeftOvers)
        {
            if (leftOver.Match(name) is { Success: true } match)
            {
                foreach (var original in Originals(match.Groups["name"].Value, marks - 1))
                {
                    yield return original;
                }
            }
        }
    }

    private static Regex Expression(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    private static string Segment(string segment)
    {
        var expression = new StringBuilder();
        for (var at = 0; at < segment.Length; at++)
        {
            switch (segment[at])
            {
                case '*':
                    expression.Append("[^/]*");
                    break;
                case '?':
                    expression.Append("[^/]");
                    break;
                case '\\':
                    expression.Append(Regex.Escape(segment[++at].ToString()));
                    break;
                case '[':
                    var end = segment.IndexOf(']', at + 2);
                    expression.Append(segment[at..(end + 1)].Replace("[!", "[^/", StringComparison.Ordinal));
                    at = end;
                    break;
                default:
                    expression.Append(Regex.Escape(segment[at].ToString()));
                    break;
            }
        }

        return expression.ToString();
    }
}
