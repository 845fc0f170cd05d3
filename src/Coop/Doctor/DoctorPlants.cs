using Coop.Native;

namespace Coop.Doctor;

/// <summary>What lies in the doctor's project: secrets of every form, things that must stay visible, and what is beside it.</summary>
internal sealed record DoctorPlants
{
    public const string HardLink = "docs/innocent.txt";
    public const string LinkedName = "links/.env.local";
    public const string LinkTarget = "plain/settings.txt";
    public const string Alias = "plain/alias.txt";
    public const string Fifo = "agent.key";
    public const string Tracked = "config/.env.tracked";
    public const string Template = ".env.example";
    public const string PublicKey = "id_ed25519.pub";
    public const string Readme = "README.md";
    public const string OutsideFile = "outside.txt";

    /// <summary>Names of the built-in list, in any case.</summary>
    public IReadOnlyList<PlantedSecret> Named { get; } =
        Make(".env", ".ENV.Production", "config/Server.PEM", "ID_RSA", ".npmrc", "Credentials.json", "deploy/prod.tfvars");

    public IReadOnlyList<PlantedSecret> InDirectories { get; } = Make("secrets/database.yml", "deploy/.aws/config");

    public IReadOnlyList<PlantedSecret> ByRule { get; } = Make("private-notes.txt", "vault/a.dat");

    /// <summary>What a hidden name leads to.</summary>
    public PlantedSecret Target { get; } = Make(LinkTarget)[0];

    public PlantedSecret Committed { get; } = Make(Tracked)[0];

    /// <summary>Beside the project, where a box must not get.</summary>
    public PlantedSecret Outside { get; } = Make(OutsideFile)[0];

    /// <summary>Stands in what must stay visible: who does not see it looked at nothing.</summary>
    public string VisibleMark { get; } = Word();

    /// <summary>The file with a second, innocent name and an alias.</summary>
    public PlantedSecret Shared => Named[0];

    /// <summary>All but what lies outside.</summary>
    public IReadOnlyList<PlantedSecret> All => [.. Named, .. InDirectories, .. ByRule, Target, Committed];

    /// <summary>Every mark that no output of the box may hold.</summary>
    public IEnumerable<string> Marks => All.Append(Outside).Select(secret => secret.Mark);

    public void Write(string project, string outside)
    {
        foreach (var secret in All)
        {
            Put(secret.Path, secret.Content);
        }

        File.WriteAllText(Path.Combine(outside, OutsideFile), Outside.Content);
        Put(Template, $"PASSWORD={VisibleMark}\n");
        Put(PublicKey, $"ssh-ed25519 {VisibleMark}\n");
        Put(Readme, $"{VisibleMark}\n");
        Put(".coopignore", "# hidden by the repository's own rules\n/private-notes.txt\nvault/*.dat\n");
        Put(HardLink, "");
        File.Delete(Path.Combine(project, HardLink));
        Native.HardLink.Make(Path.Combine(project, Shared.Path), Path.Combine(project, HardLink));
        Directory.CreateDirectory(Path.Combine(project, "links"));
        File.CreateSymbolicLink(Path.Combine(project, LinkedName), "../" + LinkTarget);
        File.CreateSymbolicLink(Path.Combine(project, Alias), "../" + Shared.Path);
        Native.Fifo.Make(Path.Combine(project, Fifo));

        // All but one, which somebody committed.
        IEnumerable<string> ignored = [.. All.Select(secret => secret.Path), HardLink, LinkedName, Alias, Fifo];
        Put(".gitignore", string.Concat(ignored.Where(path => path != Tracked).Select(path => $"/{path}\n")));

        void Put(string name, string content)
        {
            var path = Path.Combine(project, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }
    }

    private static PlantedSecret[] Make(params string[] paths) => [.. paths.Select(path => new PlantedSecret(path, Word()))];

    private static string Word() => RandomBytes.Hexadecimal(12);
}
