using System.Text;
using Coop.AgentHomes;
using Coop.Errors;
using Coop.Storage;

namespace Coop.Logins;

/// <summary>Reads the user's settings of an account and what a box's home has of them, and has the agent complete them.</summary>
internal sealed class HomeCollector(string configDirectory, string mcpPath)
{
    private const string InstructionsName = "INSTRUCTIONS.md";
    private const int SmallLimitBytes = 1_000_000;

    // An agent keeps its state in the same file as settings; it grows with every repository it saw.
    private const int MergedLimitBytes = 32_000_000;

    /// <param name="home">The box's home on the host; need not exist.</param>
    /// <param name="variables">The user's that reach the box, with their names.</param>
    /// <param name="isSignIn">The box is for signing in: it gets no login.</param>
    /// <exception cref="UserError">A file of the user's is wrong or cannot be read.</exception>
    public AgentHomePlan Collect(
        LoginPlace place,
        BytePath home,
        string homeInBox,
        string repository,
        IReadOnlyDictionary<string, string> variables,
        bool isSignIn
    )
    {
        var agent = place.Agent;
        var shape = agent.Home ?? throw new InvalidOperationException($"{agent.Name} has no home.");
        var login = isSignIn ? null : CredentialStore.Read(place);
        if (login is { Term.IsReadable: false })
        {
            throw new UserError(
                $"The login of {place.Name}, '{Path.Combine(place.Directory, login.Name)}', is not what {agent.Title} writes.",
                $"Sign in again: coop login {place.Name}"
            );
        }

        var servers = isSignIn ? [] : Servers(variables);
        HomeFacts facts = new()
        {
            HomeInBox = homeInBox,
            Repository = repository,
            UserDirectory = place.Directory,
            UserFiles = Merged(shape, name => ReadUser(Path.Combine(place.Directory, name), MergedLimitBytes)),
            BoxFiles = Merged(shape, name => ReadBox(home, BytePath.From(shape.Directory).Join(name))),
            Variables = variables,
            McpServers = servers,
            CredentialName = login?.Name,
        };
        List<HomeFile> files = [.. UserTree.Read(place.Directory, shape), .. agent.PlanHome(facts)];
        if (
            !files.Exists(file => file.Name == shape.InstructionName)
            && ReadUser(Path.Combine(configDirectory, InstructionsName), SmallLimitBytes) is { } instructions
        )
        {
            files.Add(new HomeFile(shape.InstructionName, instructions));
        }

        return new AgentHomePlan
        {
            Place = place,
            Home = home,
            Files = files,
            CredentialName = login?.Name,
        };
    }

    private IReadOnlyList<McpServer> Servers(IReadOnlyDictionary<string, string> variables)
    {
        if (ReadUser(mcpPath, SmallLimitBytes) is not { } content)
        {
            return [];
        }

        var servers = McpFile.Parse(mcpPath, content);
        foreach (var server in servers)
        {
            if (server.BearerVariable is { } variable && !variables.ContainsKey(variable))
            {
                throw UserError.Usage(
                    $"{mcpPath}: server '{server.Name}', key 'bearer_token_env_var': the box has no variable '{variable}'.",
                    $"Add a line {variable}=… to {Path.Combine(configDirectory, "env")}"
                );
            }
        }

        return servers;
    }

    private static Dictionary<string, byte[]> Merged(HomeShape shape, Func<string, byte[]?> read)
    {
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (var name in shape.MergedNames)
        {
            if (read(name) is { } content)
            {
                files[name] = content;
            }
        }

        return files;
    }

    private static byte[]? ReadUser(string path, int limitBytes)
    {
        try
        {
            return BoundedFile.Read(path, limitBytes);
        }
        catch (IOException cause)
        {
            throw new UserError($"The file '{path}' {cause.Message}.", "Mend it, or move it away.", ExitCode.Usage, cause);
        }
    }

    private static byte[]? ReadBox(BytePath home, BytePath path)
    {
        if (!Directory.Exists(Encoding.UTF8.GetString(home.Bytes)))
        {
            return null;
        }

        try
        {
            return SafeFile.Read(home, path, MergedLimitBytes);
        }
        catch (UserError)
        {
            // An agent put something else in its place: it is written anew.
            return null;
        }
    }
}
