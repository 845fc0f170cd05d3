using System.Text;
using Coop.Agents;
using Coop.Configuration;
using Coop.Places;
using Coop.Storage;

namespace Coop.Images;

/// <summary>Decides what an image is built from. Pure.</summary>
internal static class ImagePlanner
{
    /// <summary>The repository's own build file.</summary>
    /// <summary>The image that the base builds on when no setting names another; its digest is kept with the first build.</summary>
    public const string NodeImage = "docker.io/library/node:22-bookworm-slim";

    /// <param name="from">What the engine builds on: a name, or a name with the digest that was recorded.</param>
    /// <param name="certificates">See <see cref="HostCertificates"/>.</param>
    public static ImagePlan Base(string from, IReadOnlyList<IAgent> agents, IReadOnlyList<string> certificates, Settings settings)
    {
        List<(string, IReadOnlyList<string>)> specs =
        [
            .. agents.Select(agent => (agent.Name, AgentPackages.Of(agent, settings))),
        ];
        var text = BaseImage.Render(from, certificates.Count, AgentPackages.OfMise(settings), specs);
        List<(string Name, byte[] Content)> files =
        [
            (BaseImage.FileName, Encoding.UTF8.GetBytes(text)),
            .. certificates.Select((pem, number) => ($"certificates/coop-{number}.crt", Encoding.UTF8.GetBytes(pem))),
        ];
        string[] names = [.. agents.Select(agent => agent.Name)];
        var title = names.Length == 0 ? "the base image" : $"the base image with {string.Join(", ", names)}";
        return new ImagePlan(settings.BaseImage, title, BaseImage.FileName, Digest(files), names, files, HasTree: false);
    }

    /// <param name="content">The build file, read once: what is checked is what is built.</param>
    public static ImagePlan Own(BytePath repository, byte[] content)
    {
        List<(string Name, byte[] Content)> files = [(OwnImage.FileName, content)];
        return new ImagePlan(
            RepositoryId.ImageOf(repository),
            $"this repository's image from {OwnImage.FileName}",
            OwnImage.FileName,
            Digest(files),
            [],
            files,
            HasTree: true
        );
    }

    /// <summary>True when a build file builds on the shared base, which then must be there first.</summary>
    public static bool BuildsOn(ReadOnlySpan<byte> content, string baseImage) =>
        Encoding
            .UTF8.GetString(content)
            .Split('\n')
            .Select(line => line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
            .Any(words =>
                words is [var from, ..]
                && from.Equals("FROM", StringComparison.OrdinalIgnoreCase)
                && words
                    .Skip(1)
                    .Any(word => word == baseImage || word == baseImage + ":latest" || word == "localhost/" + baseImage)
            );

    private static string Digest(IEnumerable<(string Name, byte[] Content)> files)
    {
        using Digest digest = new();
        foreach (var (name, content) in files)
        {
            digest.Append(Encoding.UTF8.GetBytes($"{name}\0{content.Length}\0"));
            digest.Append(content);
        }

        return digest.Finish()[..16];
    }
}
