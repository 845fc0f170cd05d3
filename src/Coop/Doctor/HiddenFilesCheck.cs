namespace Coop.Doctor;

/// <summary>Secrets of every form, read by every name they have.</summary>
internal sealed class HiddenFilesCheck : IDoctorCheck
{
    private const string Advice =
        "See what boxes of your repository hide: coop hidden. Tell the authors: a secret must never be readable.";

    private static readonly Promise Names = new("secret-names", "Secret names are hidden, in any case", Advice);
    private static readonly Promise Directories = new("secret-directories", "Secret directories are hidden", Advice);
    private static readonly Promise Rules = new("coopignore", "What .coopignore names is hidden", Advice);
    private static readonly Promise HardLinks = new("secret-hard-links", "A secret is hidden by all its names", Advice);
    private static readonly Promise Links = new("secret-links", "Links lead to no secret", Advice);
    private static readonly Promise Pipes = new("special-files", "Pipes in the project lead nowhere", Advice);
    private static readonly Promise Tracked = new("secret-tracked", "Secrets that git tracks are hidden too", Advice);
    private static readonly Promise Visible = new(
        "templates",
        "Templates and public keys stay visible",
        "See by which rule they are hidden: coop hidden"
    );

    public string Name => "hidden";

    public IReadOnlyList<Promise> Promises => [Names, Directories, Rules, HardLinks, Links, Pipes, Tracked, Visible];

    public string Attack(DoctorPlants plants) =>
        $$"""
            for file in {{string.Join(' ', plants.All.Select(secret => secret.Path))}}; do cat "$file"; dd if="$file"; done
            ls -A secrets deploy/.aws; cat secrets/* deploy/.aws/*
            echo '{{DoctorPlants.HardLink}}:'; cat {{DoctorPlants.HardLink}}
            echo '{{DoctorPlants.LinkedName}}:'; cat {{DoctorPlants.LinkedName}} {{DoctorPlants.LinkTarget}}
            echo '{{DoctorPlants.Alias}}:'; cat {{DoctorPlants.Alias}}
            timeout 2 sh -c 'echo box > {{DoctorPlants.Fifo}}'
            echo 'visible:'; cat {{DoctorPlants.Template}} {{DoctorPlants.PublicKey}}
            """;

    public IEnumerable<CheckResult> Judge(DoctorEvidence evidence)
    {
        var plants = evidence.Plants;
        yield return Leaks(Names, plants.Named, $"{plants.Named.Count} planted and read: all empty");
        yield return Leaks(Directories, plants.InDirectories, "listed and read: nothing in them");
        yield return Leaks(Rules, plants.ByRule, "2 rules planted, 2 files read: empty");
        yield return Leaks(HardLinks, [plants.Shared], "read through a hard link: empty");
        yield return Leaks(Links, [plants.Target, plants.Shared], "followed both ways: empty");
        yield return evidence.Host.PipeWasWritten
            ? Pipes.Failed($"what the box wrote to {DoctorPlants.Fifo} reached the host")
            : Pipes.Held("one written to in the box: nothing came out at the host");
        yield return Leaks(Tracked, [plants.Committed], "one committed and read from the tree: not its content");
        yield return Count(evidence.Of(this), plants.VisibleMark) == 2
            ? Visible.Held("both read whole")
            : Visible.Failed($"{DoctorPlants.Template} or {DoctorPlants.PublicKey} cannot be read");

        CheckResult Leaks(Promise promise, IReadOnlyList<PlantedSecret> secrets, string proof) =>
            evidence.ReadsTheProject
                ? promise.Judge(evidence.Leaks(this, secrets), proof)
                : promise.NotProved("the box could read nothing of its project");
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
