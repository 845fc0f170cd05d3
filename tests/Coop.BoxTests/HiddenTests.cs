using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>What has a secret's name stays out of the box, by every path and whatever the box tries.</summary>
public class HiddenTests
{
    private const string Secret = "TOP-SECRET-VALUE";

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Hidden_files_cannot_be_read_by_any_name(BoxRig rig)
    {
        await using var repository = await WithSecretsAsync(rig);
        var result = (
            await repository.Shell("grep -ra --exclude-dir=.git TOP-SECRET . ; ls secrets; cat README.md").RunAsync()
        ).Succeeded();
        Assert.DoesNotContain(Secret, result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_box_cannot_lift_write_or_move_what_lies_over_a_secret(BoxRig rig)
    {
        await using var repository = await WithSecretsAsync(rig);
        const string Attack = """
            umount conf/.env; umount -l conf/.env; unshare -Urm umount conf/.env; cat conf/.env
            echo x > conf/.env; rm -f conf/.env; mv conf/.env gone; ln conf/.env linked; cat linked gone
            mv conf moved; cat moved/.env; mkdir -p conf; echo y > conf/.env; rm -rf secrets; git clean -fdxq; true
            """;
        var result = (await repository.Shell($"({Attack}) 2>/dev/null").RunAsync()).Succeeded();
        Assert.DoesNotContain(Secret, result.Out, StringComparison.Ordinal);
        var kept = File.Exists(repository.PathOf("moved/.env")) ? "moved/.env" : "conf/.env";
        Assert.Equal(Secret, await File.ReadAllTextAsync(repository.PathOf(kept), TestContext.Current.CancellationToken));
        Assert.Contains(
            Secret,
            await File.ReadAllTextAsync(repository.PathOf("secrets/db.txt"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task An_untracked_file_with_a_token_in_it_cannot_be_read(BoxRig rig)
    {
        // Put together here, so that no file holds one.
        const string Token = "AK" + "IAQ3RVT5WZ7LNB2KXD"; // coop:allow-secret made up for this test
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await repository.WriteAsync("notes.txt", $"deploy: {Token}\n");
        await repository.WriteAsync(".env.example", $"AWS_ACCESS_KEY_ID={Token}\n");
        await repository.WriteAsync("plain.txt", "harmless\n");
        var result = (await repository.Shell("cat notes.txt .env.example plain.txt").RunAsync()).Succeeded();
        Assert.DoesNotContain(Token, result.Out, StringComparison.Ordinal);
        Assert.Contains("harmless", result.Out, StringComparison.Ordinal);
        Assert.Contains("by their content: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.WithOwners), MemberType = typeof(BoxRigs))]
    public async Task A_tracked_secret_is_not_committed_from_the_box(BoxRig rig, TreeOwner owner)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig, owner);
        await repository.WriteAsync(".env", Secret + "\n");
        await repository.WriteAsync("secrets/db.yml", Secret + "\n");
        await repository.GitAsync("add", "--force", "--all");
        await repository.GitAsync("commit", "--quiet", "--message=secrets");

        // The secret is as young as the index, which is therefore written anew: as its owner's.
        (await repository.Shell("true").RunAsync()).Succeeded();
        Assert.Equal(repository.OwnerUid, await repository.OwnerOfAsync(".git/index"));
        var result = (
            await repository
                .Shell("git status --porcelain; echo new >> README.md; git add --all; git commit --quiet --all --message=work")
                .RunAsync()
        ).Succeeded();
        Assert.Equal("", result.Out);
        var changed = await repository.GitAsync("diff", "--name-only", "HEAD~1", "HEAD");
        Assert.Equal("README.md\n", changed.Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Very_many_secrets_are_hidden_too(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        for (var i = 0; i < 400; i++)
        {
            await repository.WriteAsync($"many/{i}.pem", Secret);
        }
        var result = (await repository.Shell("cat many/*.pem | wc -c; ls many | wc -l").RunAsync()).Succeeded();
        Assert.Equal(["0", "400"], result.Lines);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_malformed_rule_starts_no_box(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await repository.WriteAsync(".coopignore", "fine.txt\n!.env\n");
        var result = (await repository.Shell("touch ran").RunAsync()).Ended(1);
        Assert.Contains(".coopignore:2", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(repository.PathOf("ran")));
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task What_was_hidden_stays_hidden_under_another_name_until_the_user_allows_it(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await repository.WriteAsync(".env", Secret + Secret + "\n");
        (await repository.Shell("true").RunAsync()).Succeeded();
        File.Move(repository.PathOf(".env"), repository.PathOf("notes.txt"));
        Assert.Equal("", (await repository.Shell("cat notes.txt").RunAsync()).Succeeded().Out);
        (await repository.Coop("hidden", "notes.txt").RunAsync()).Succeeded();
        (await repository.Coop("hidden", "allow", "notes.txt").RunAsync()).Succeeded();
        Assert.Contains(Secret, (await repository.Shell("cat notes.txt").RunAsync()).Succeeded().Out, StringComparison.Ordinal);
    }

    private static async Task<TemporaryRepository> WithSecretsAsync(BoxRig rig)
    {
        var repository = await TemporaryRepository.CreateAsync(rig);
        await repository.WriteAsync("conf/.env", Secret);
        await repository.WriteAsync("Server.PEM", Secret);
        await repository.WriteAsync("secrets/db.txt", Secret);
        await repository.WriteAsync("linked.txt", Secret);
        File.CreateSymbolicLink(repository.PathOf("id_rsa"), "linked.txt");
        return repository;
    }
}
