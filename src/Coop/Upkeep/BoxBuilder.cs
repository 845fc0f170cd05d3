using Coop.Agents;
using Coop.Configuration;
using Coop.Engines;
using Coop.Errors;
using Coop.Images;
using Coop.Repositories;
using Coop.Storage;

namespace Coop.Upkeep;

/// <summary>Builds what boxes run on, for the engine in force: images, or the directory of agents on bubblewrap.</summary>
/// <param name="signedIn">The agents that the user is signed in to.</param>
internal sealed class BoxBuilder(
    HostEnvironment host,
    UserDirectories directories,
    Settings settings,
    EngineDetector detector,
    ImageKeeper images,
    AgentsDirectory agentsDirectory,
    Func<IReadOnlyList<IAgent>> signedIn
)
{
    public async Task BuildAsync(IReadOnlyList<IAgent> asked, bool isUpdate, CancellationToken cancellationToken)
    {
        var engine = await detector.DetectAsync(settings.Engine, cancellationToken);
        IReadOnlyList<IAgent> agents = asked.Count > 0 || isUpdate ? asked : signedIn();
        if (engine == EngineKind.Bubblewrap)
        {
            await agentsDirectory.FillAsync(agents, isUpdate, cancellationToken);
        }
        else if (engine == EngineKind.AppleContainer)
        {
            throw new UserError(
                "Coop does not build images with Apple's container.",
                "Build one with Docker and name it: COOP_IMAGE=<image>"
            );
        }
        else
        {
            await images.BuildAsync(engine, Repository(), agents, isUpdate, cancellationToken);
        }
    }

    // In the home, or nowhere in particular, there is the base image to build all the same.
    private BytePath? Repository()
    {
        try
        {
            return RepositoryFinder.FindOwn(settings.StartDirectory(host), directories.Home).Root;
        }
        catch (UserError)
        {
            return null;
        }
    }
}
