using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Coop.BoxTests.TestKit;

/// <summary>A real git repository with one commit, a home of its own for who calls, and the commands that run there.</summary>
/// <remarks>Layout: `home/` and `owner/` (homes of caller and owner) beside `project/`, which is the repository.</remarks>
internal sealed class TemporaryRepository : IAsyncDisposable
{
    public const string UserName = "Ada Tester";
    public const string UserMail = "ada@example.org";

    private readonly Account owner;

    private TemporaryRepository(BoxRig rig, Account owner, string root, string name)
    {
        Rig = rig;
        this.owner = owner;
        RootDirectory = root;
        DirectoryPath = Path.Combine(root, name);
    }

    public BoxRig Rig { get; }

    /// <summary>Holds the repository and what must not be seen from its box.</summary>
    public string RootDirectory { get; }

    public string DirectoryPath { get; }

    /// <summary>The caller's HOME in this test.</summary>
    public string HomeDirectory => Path.Combine(RootDirectory, "home");

    public int OwnerUid => owner.Uid;

    /// <summary>Skips or fails the test where the rig cannot be had.</summary>
    public static async Task<TemporaryRepository> CreateAsync(
        BoxRig rig,
        TreeOwner owner = TreeOwner.Caller,
        string name = "project"
    )
    {
        await rig.RequireAsync();
        var account = owner switch
        {
            TreeOwner.Caller => rig.Account,
            TreeOwner.Uid1000 => Account.Uid1000,
            TreeOwner.Ordinary => Account.Of(CallerKind.Ordinary)
                ?? throw new InvalidOperationException("There is no ordinary account."),
            _ => throw new InvalidOperationException($"No account for {owner}."),
        };
        var repository = new TemporaryRepository(rig, account, TestDirectory.Make("coop-box"), name);
        try
        {
            await repository.FillAsync();
        }
        catch
        {
            TestDirectory.Remove(repository.RootDirectory);
            throw;
        }
        return repository;
    }

    /// <summary>`coop` with these words, called in the repository by the rig's caller.</summary>
    public ProgramRun Coop(params string[] words) =>
        new(Rig.Account, [CoopUnderTest.ExecutablePath, .. words]) { Directory = DirectoryPath, Variables = Variables };

    /// <summary>`coop run -- sh -c script`.</summary>
    public ProgramRun Shell(string script) => Coop("run", "--", "sh", "-c", script);

    /// <summary>`coop run -- python3 -c program`.</summary>
    public ProgramRun Python(string program) => Coop("run", "--", "/usr/bin/python3", "-c", program);

    /// <summary>What the caller's shell exports.</summary>
    public IReadOnlyDictionary<string, string> Variables
    {
        get
        {
            var variables = new Dictionary<string, string>(Rig.EngineVariables, StringComparer.Ordinal)
            {
                ["HOME"] = HomeDirectory,
                ["TERM"] = "xterm-256color",
                ["COOP_RUNTIME"] = Rig.EngineName,
            };
            if (Rig.HasContainers)
            {
                variables["COOP_IMAGE"] = BoxRig.Image;
            }
            return variables;
        }
    }

    public string PathOf(string name) => Path.Combine(DirectoryPath, name);

    /// <summary>Writes a file that belongs to the owner of the repository.</summary>
    public async Task WriteAsync(string name, string text)
    {
        var parent = Path.GetDirectoryName(name)!;
        if (parent.Length > 0 && !Directory.Exists(PathOf(parent)))
        {
            Directory.CreateDirectory(PathOf(parent));
            await ChangeOwnerAsync(owner, PathOf(parent));
        }
        await File.WriteAllTextAsync(PathOf(name), text);
        await ChangeOwnerAsync(owner, PathOf(name));
    }

    /// <summary>git on the host, by the owner of the repository.</summary>
    public async Task<RunResult> GitAsync(params string[] words) => (await Git(DirectoryPath, words).RunAsync()).Succeeded();

    public async Task<RunResult> GitInAsync(string directory, params string[] words) =>
        (await Git(directory, words).RunAsync()).Succeeded();

    /// <summary>The uid on disk of a file of the repository, a link itself not followed.</summary>
    public async Task<int> OwnerOfAsync(string name)
    {
        var answer = await new ProgramRun(Account.Current, ["stat", "-c", "%u", PathOf(name)])
        {
            Variables = Rig.EngineVariables,
        }.RunAsync();
        return int.Parse(answer.Succeeded().Out, CultureInfo.InvariantCulture);
    }

    /// <summary>What the engine says of every container that knows the path of this repository, as JSON; empty without any.</summary>
    public async Task<IReadOnlyList<string>> ContainersAsync()
    {
        if (!Rig.HasContainers)
        {
            return [];
        }
        var ids = (await ListAsync()).Succeeded().Lines;
        var found = new List<string>();
        foreach (var id in ids)
        {
            // It may have gone since it was listed; others run their boxes beside us.
            var answer = await Engine("inspect", "--type", "container", id).RunAsync();
            if (answer.ExitCode == 0 && answer.Out.Contains(RootDirectory, StringComparison.Ordinal))
            {
                found.Add(answer.Out);
            }
        }
        return found;
    }

    // podman's listing fails when a container of another test is being taken down at that moment.
    private async Task<RunResult> ListAsync()
    {
        for (var tries = 1; ; tries++)
        {
            var result = await Engine("ps", "-aq", "--filter", "label=coop.run").RunAsync();
            if (result.ExitCode == 0 || tries == 20)
            {
                return result;
            }
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
    }

    public ProgramRun Engine(params string[] words) =>
        new(Rig.Account, [Rig.EngineName, .. words]) { Variables = Rig.EngineVariables };

    public async ValueTask DisposeAsync()
    {
        // What a failed test left would disturb the next one.
        foreach (var container in await ContainersAsync())
        {
            using var document = JsonDocument.Parse(container);
            await Engine("rm", "--force", document.RootElement[0].GetProperty("Id").GetString()!).RunAsync();
        }
        TestDirectory.Remove(RootDirectory);
    }

    private async Task FillAsync()
    {
        foreach (var (directory, account) in new[] { (DirectoryPath, owner), (HomeDirectory, Rig.Account), (OwnerHome, owner) })
        {
            Directory.CreateDirectory(directory);
            await ChangeOwnerAsync(account, directory);
        }
        // git refuses the repository of somebody else, root's included, until the user says so once.
        await WriteConfigAsync(HomeDirectory, Rig.Account, owner.Uid == Rig.Account.Uid ? "" : "[safe]\n\tdirectory = *\n");
        await WriteConfigAsync(OwnerHome, owner, "");
        await WriteAsync("README.md", "hello\n");
        await GitAsync("init", "--quiet", "--initial-branch=main");
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message=first");
    }

    private string OwnerHome => Path.Combine(RootDirectory, "owner");

    private ProgramRun Git(string directory, string[] words) =>
        new(owner, ["git", .. words])
        {
            Directory = directory,
            Variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PATH"] = Rig.EngineVariables["PATH"],
                ["HOME"] = OwnerHome,
            },
        };

    private static async Task WriteConfigAsync(string home, Account account, string more)
    {
        var path = Path.Combine(home, ".gitconfig");
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"[user]\n\tname = {UserName}\n\temail = {UserMail}\n")
            .Append(more);
        await File.WriteAllTextAsync(path, text.ToString());
        await ChangeOwnerAsync(account, path);
    }

    private static async Task ChangeOwnerAsync(Account account, string path)
    {
        if (account.Uid != Account.Current.Uid)
        {
            var change = new ProgramRun(Account.Current, ["chown", "-h", $"{account.Uid}:{account.Gid}", path])
            {
                Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" },
            };
            (await change.RunAsync()).Succeeded();
        }
    }
}
