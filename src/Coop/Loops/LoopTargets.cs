using Coop.Agents;
using Coop.Configuration;
using Coop.Logins;
using Coop.Runs;

namespace Coop.Loops;

/// <summary>With whom a loop works.</summary>
internal static class LoopTargets
{
    /// <summary>The targets named, else every account that is signed in, else the first agent there is.</summary>
    /// <exception cref="Errors.UserError">A word is none; exit 2.</exception>
    public static IReadOnlyList<AgentTarget> Of(IReadOnlyList<string> words, Settings settings, TimeProvider time)
    {
        if (words.Count > 0)
        {
            return [.. words.Select(word => AgentRequests.Target(word, settings))];
        }

        var signedIn = new AccountList(settings.ConfigDirectory, time)
            .Read()
            .Where(state => state.Standing == AccountStanding.Good)
            .OrderByDescending(state => state.IsDefault)
            .Select(state => new AgentTarget(state.Place.Agent, Model: null, Effort: null, state.Place.Account))
            .ToList();
        return signedIn.Count > 0 ? signedIn : [new AgentTarget(AgentCatalog.All[0], null, null, null)];
    }
}
