using System.Globalization;
using System.Text;

namespace Coop.Init;

/// <summary>The Compose file of a repository's services for agents. Pure.</summary>
internal static class ComposeText
{
    public const string FileName = "compose.agent.yml";

    public static string Render(IReadOnlyList<DetectedService> services)
    {
        var ports = string.Join(',', services.Select(service => service.Kind.Port));
        StringBuilder text = new();
        text.Append("# Services for agents: they begin empty, let everybody in, and only this machine reaches them.\n");
        text.Append(CultureInfo.InvariantCulture, $"# Start them:            docker compose --file {FileName} up --detach\n");
        text.Append(CultureInfo.InvariantCulture, $"# Let boxes reach them:  COOP_HOST_PORTS={ports} coop claude\n");
        text.Append("services:\n");
        foreach (var service in services)
        {
            text.Append(CultureInfo.InvariantCulture, $"  # named in {service.File}\n  {service.Kind.Name}:\n");
            text.Append(CultureInfo.InvariantCulture, $"    image: {service.Image}\n");
            if (service.Kind.Environment.Count > 0)
            {
                text.Append("    environment:\n");
                text.Append(string.Concat(service.Kind.Environment.Select(line => $"      {line}\n")));
            }

            text.Append(
                CultureInfo.InvariantCulture,
                $"    ports:\n      - \"127.0.0.1:{service.Kind.Port}:{service.Kind.Port}\"\n"
            );
            if (service.Kind.Health.Count > 0)
            {
                var command = string.Join(", ", service.Kind.Health.Prepend("CMD").Select(word => $"\"{word}\""));
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"    healthcheck:\n      test: [{command}]\n      interval: 5s\n      retries: 20\n"
                );
            }
        }

        return text.ToString();
    }
}
