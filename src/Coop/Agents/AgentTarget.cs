using Coop.Errors;
using Coop.Formats;

namespace Coop.Agents;

/// <summary>Which agent, and how: <c>agent[:model][/effort][@account]</c>.</summary>
/// <param name="Model">Null leaves it to the settings, and then to the agent.</param>
/// <param name="Effort">One of <see cref="IAgent.Efforts"/>; null leaves it to the agent.</param>
/// <param name="Account">Null is the agent's default account.</param>
internal sealed record AgentTarget(IAgent Agent, string? Model, string? Effort, string? Account)
{
    private const string Form = "agent[:model][/effort][@account], such as claude:opus/high@work";

    /// <summary>The account with its agent, as Coop names directories: <c>claude</c>, <c>claude@work</c>.</summary>
    public string AccountName => NameOf(Agent, Account);

    public static string NameOf(IAgent agent, string? account) => account is null ? agent.Name : $"{agent.Name}@{account}";

    /// <summary>The part of a word that names the agent.</summary>
    public static string AgentNameOf(string word)
    {
        var end = word.IndexOfAny([':', '/', '@']);
        return end < 0 ? word : word[..end];
    }

    /// <param name="find">The agent of a name; null when there is none.</param>
    /// <exception cref="UserError">It is no target; exit 2.</exception>
    public static AgentTarget Parse(string word, Func<string, IAgent?> find)
    {
        var name = AgentNameOf(word);
        var agent =
            find(name)
            ?? throw UserError.Usage(
                $"Coop knows no agent '{Terminal.PlainText.CleanLine(name)}'.",
                NearestWord.Find(name, AgentCatalog.All.Select(known => known.Name)) is { } near
                    ? $"Did you mean: {near}{word[name.Length..]}"
                    : $"Known agents: {string.Join(", ", AgentCatalog.All.Select(known => known.Name))}"
            );
        var rest = word[name.Length..];
        string? account = null;
        if (rest.LastIndexOf('@') is >= 0 and var at)
        {
            account = rest[(at + 1)..];
            rest = rest[..at];
            if (!IsAccount(account))
            {
                throw Malformed(word, $"'{account}' is no account name (letters, digits, '.', '_', '-')");
            }
        }

        var effort = EffortOf(agent, word, ref rest);
        if (rest.Length > 0 && rest[0] != ':')
        {
            throw Malformed(word, $"'{rest}' is neither a model nor an effort");
        }

        string? model = rest.Length == 0 ? null : rest[1..];
        if (model is not null && !IsModel(model))
        {
            throw Malformed(word, $"'{model}' is no model name");
        }

        return new AgentTarget(agent, model, effort, account);
    }

    /// <summary>True for what may stand behind <c>@</c>; it becomes part of a directory's name.</summary>
    public static bool IsAccount(string name) =>
        name.Length is > 0 and <= 64
        && (char.IsAsciiLetterOrDigit(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    public override string ToString() =>
        Agent.Name
        + (Model is null ? "" : $":{Model}")
        + (Effort is null ? "" : $"/{Effort}")
        + (Account is null ? "" : $"@{Account}");

    // A model's own name may hold a slash ("vendor/model"): only what the agent knows as an effort is one.
    private static string? EffortOf(IAgent agent, string word, ref string rest)
    {
        if (rest.LastIndexOf('/') is not (>= 0 and var slash))
        {
            return null;
        }

        var last = rest[(slash + 1)..];
        if (agent.Efforts.Contains(last))
        {
            rest = rest[..slash];
            return last;
        }

        // In words of one or two letters everything is near everything.
        if (
            rest[0] == ':'
            && slash > 1
            && (last.Length is 1 or 2 || (last.Length > 2 && NearestWord.Find(last, agent.Efforts) is null))
        )
        {
            return null;
        }

        throw UserError.Usage(
            $"'{Terminal.PlainText.CleanLine(word)}': {agent.Title} knows no effort '{Terminal.PlainText.CleanLine(last)}'.",
            NearestWord.Find(last, agent.Efforts) is { } near ? $"Did you mean: {word.Replace($"/{last}", $"/{near}")}"
                : agent.Efforts.Count > 0 ? $"It knows: {string.Join(", ", agent.Efforts)}"
                : "It has no such setting; leave it out."
        );
    }

    // Behind the agent's own option: a word that begins with a dash would be another one.
    private static bool IsModel(string model) =>
        model.Length is > 0 and <= 200 && model[0] != '-' && model.All(c => c is > ' ' and < (char)0x7f and not ('"' or '\\'));

    private static UserError Malformed(string word, string problem) =>
        UserError.Usage(
            $"'{Terminal.PlainText.CleanLine(word)}' is no target: {Terminal.PlainText.CleanLine(problem)}.",
            $"A target is {Form}"
        );
}
