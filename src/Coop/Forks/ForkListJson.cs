using System.Globalization;
using System.Text.Json;
using Coop.ForkKeeping;

namespace Coop.Forks;

/// <summary>The forks as one JSON document. Names and words are for scripts and stay.</summary>
internal static class ForkListJson
{
    public static string Render(IReadOnlyList<ListedFork> forks, ForkPlaces places) =>
        JsonSerializer.Serialize(
            new Document([
                .. forks.Select(fork => new Row(
                    fork.Record.Name,
                    fork.Word,
                    places.Fork(fork.Record.Name).ToString(),
                    fork.Record.Target,
                    fork.Record.Branch,
                    fork.Record.Base,
                    fork.Tip,
                    fork.Record.Reviewed,
                    fork.Record.LandedAs,
                    fork.Record.Created.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
                    fork.Doing
                )),
            ]),
            ForkListJsonContext.Default.Document
        ) + "\n";

    internal sealed record Document(IReadOnlyList<Row> Forks);

    internal sealed record Row(
        string Name,
        string State,
        string Path,
        string? Target,
        string Branch,
        string Base,
        string? Tip,
        string? Reviewed,
        string? Landed,
        string Created,
        string? Doing
    );
}
