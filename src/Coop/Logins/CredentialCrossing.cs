using Coop.Errors;
using Coop.Storage;

namespace Coop.Logins;

/// <summary>
/// One login on its way into a box and back: given at the start, and while the box lives compared with the stored one, so that a token renewed in one box reaches the
/// store and the other boxes before theirs runs out.
/// </summary>
internal sealed class CredentialCrossing : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly AgentHomePlan plan;
    private readonly string name;
    private readonly CredentialStore store;
    private readonly HomeWriter writer;
    private readonly ITimer timer;
    private byte[] given = [];
    private bool hasEnded;

    private CredentialCrossing(AgentHomePlan plan, string name, CredentialStore store, HomeWriter writer, TimeProvider time)
    {
        this.plan = plan;
        this.name = name;
        this.store = store;
        this.writer = writer;
        Compare();
        timer = time.CreateTimer(_ => TryCompare(), null, Pause, Pause);
    }

    private BytePath Place => plan.PathOf(name);

    /// <summary>Puts the login into the home, which exists; what a box that was killed left there newer is taken back first. Null when none crosses.</summary>
    /// <exception cref="UserError">It cannot be read or laid; the box must not start.</exception>
    public static CredentialCrossing? Start(AgentHomePlan plan, CredentialStore store, HomeWriter writer, TimeProvider time)
    {
        if (plan.CredentialName is { } name)
        {
            return new CredentialCrossing(plan, name, store, writer, time);
        }

        // A login that the user has since removed must not go on living in a home.
        foreach (var old in plan.Place.Agent.Home!.CredentialNames.Where(old => !plan.Files.Any(file => file.Name == old)))
        {
            SafeWriter.Remove(plan.Home, plan.PathOf(old));
        }

        return null;
    }

    /// <summary>Takes back what the box has at its end. The home keeps its copy: another box of the same repository may be using it.</summary>
    public void Dispose()
    {
        timer.Dispose();
        TryCompare();
        lock (gate)
        {
            hasEnded = true;
        }
    }

    private void TryCompare()
    {
        try
        {
            Compare();
        }
        catch (Exception cause) when (cause is UserError or IOException or UnauthorizedAccessException)
        {
            // The store is busy or away; the next time, or the next start, finds the box's copy as it is.
        }
    }

    private void Compare()
    {
        lock (gate)
        {
            if (hasEnded)
            {
                return;
            }

            var box = HomeWriter.Read(plan.Home, Place, CredentialStore.LimitBytes);
            if (store.Reconcile(plan.Place, name, given.Length == 0 ? null : given, box) is not { } good || good.Name != name)
            {
                return;
            }

            given = good.Content;
            writer.WriteOne(plan.Home, Place, good.Content, isExecutable: false);
        }
    }
}
