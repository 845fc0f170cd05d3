namespace Coop.Doctor;

/// <summary>A file whose content no box may show.</summary>
/// <param name="Path">Relative to the project.</param>
/// <param name="Mark">Random; stands in the file and nowhere else.</param>
internal sealed record PlantedSecret(string Path, string Mark)
{
    public string Content => $"PASSWORD={Mark}\n";
}
