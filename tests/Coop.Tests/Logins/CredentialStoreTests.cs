using System.Text;
using Coop.Agents;
using Coop.Errors;
using Coop.Storage;
using Coop.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.Logins;

public sealed class CredentialStoreTests : IDisposable
{
    private const string Name = ".credentials.json";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory directory = new();
    private readonly CredentialStore store;
    private readonly LoginPlace place;

    public CredentialStoreTests()
    {
        store = new CredentialStore(directory.UserDirectories, new FakeTimeProvider(Now));
        place = LoginPlace.Of(new ClaudeAgent(), "work", directory.PathOf("agents"));
    }

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_login_that_was_renewed_in_a_box_is_taken_back()
    {
        Store(Login("old", hours: 1));
        var good = Reconcile(given: Login("old", hours: 1), box: Login("new", hours: 9));
        Assert.Equal(Login("new", hours: 9), good);
        Assert.Equal(Login("new", hours: 9), Stored());
    }

    [Fact]
    public void A_box_that_was_slower_does_not_overwrite_what_another_renewed()
    {
        Store(Login("newest", hours: 9));
        Assert.Equal(Login("newest", hours: 9), Reconcile(given: Login("old", hours: 1), box: Login("newer", hours: 5)));
        Assert.Equal(Login("newest", hours: 9), Stored());
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("""{"claudeAiOauth":{}}""")]
    [InlineData("""{"claudeAiOauth":{"accessToken":"x","expiresAt":9999999999999}}""")]
    public void What_is_no_login_or_claims_to_last_for_ever_is_not_taken(string box)
    {
        Store(Login("old", hours: 1));
        Assert.Equal(Login("old", hours: 1), Reconcile(given: Login("old", hours: 1), box));
    }

    [Fact]
    public void A_login_without_a_term_is_taken_only_when_nobody_else_changed_the_stored_one()
    {
        Store("""{"key":"a"}""");
        Assert.Equal("""{"key":"b"}""", Reconcile(given: """{"key":"a"}""", box: """{"key":"b"}"""));
        Assert.Equal("""{"key":"b"}""", Reconcile(given: """{"key":"a"}""", box: """{"key":"c"}"""));
        Assert.Equal("""{"key":"b"}""", Reconcile(given: null, box: """{"key":"d"}"""));
    }

    [Fact]
    public void A_login_that_the_user_removed_does_not_come_back_from_a_box()
    {
        Assert.Null(store.Reconcile(place, Name, Bytes(Login("a", 1)), Bytes(Login("b", 2))));
        Assert.False(File.Exists(Path.Combine(place.Directory, Name)));
    }

    [Fact]
    public void Twenty_boxes_at_once_end_with_the_login_that_lasts_longest()
    {
        Store(Login("0", hours: 1));
        Parallel.For(
            1,
            21,
            i =>
                new CredentialStore(directory.UserDirectories, new FakeTimeProvider(Now)).Reconcile(
                    place,
                    Name,
                    Bytes(Login("0", hours: 1)),
                    Bytes(Login($"{i}", hours: i + 1))
                )
        );
        Assert.Equal(Login("20", hours: 21), Stored());
    }

    [Fact]
    public void A_stored_login_is_for_its_owner_alone_and_a_link_to_it_stays_one()
    {
        var elsewhere = directory.Write("dotfiles/claude.json", Login("old", hours: 1));
        Directory.CreateDirectory(place.Directory);
        var path = Path.Combine(place.Directory, Name);
        File.CreateSymbolicLink(path, elsewhere);
        Reconcile(given: Login("old", hours: 1), box: Login("new", hours: 2));
        Assert.Equal(Login("new", hours: 2), File.ReadAllText(elsewhere));
        Assert.Equal(elsewhere, File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(elsewhere));
    }

    [Fact]
    public void A_first_login_is_kept_and_a_new_one_takes_the_old_ones_place()
    {
        store.Put(place, Name, Bytes(Login("first", hours: 1)));
        store.Put(place, Name, Bytes(Login("second", hours: 1)));
        Assert.Equal(Login("second", hours: 1), Stored());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(place.Directory, Name)));
    }

    [Fact]
    public void A_login_that_cannot_be_read_is_named()
    {
        Directory.CreateDirectory(Path.Combine(place.Directory, Name));
        var error = Assert.Throws<UserError>(() => CredentialStore.Read(place));
        Assert.Equal($"The login of claude@work, '{Path.Combine(place.Directory, Name)}', is a directory.", error.Message);
        Assert.EndsWith("coop login claude@work", error.Hint, StringComparison.Ordinal);
    }

    private static string Login(string token, int hours) =>
        $$$"""{"claudeAiOauth":{"accessToken":"{{{token}}}","refreshToken":"r","expiresAt":{{{Now.AddHours(hours).ToUnixTimeMilliseconds()}}}}}""";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private void Store(string text) => AtomicFile.Write(Path.Combine(place.Directory, Name), text);

    private string Stored() => File.ReadAllText(Path.Combine(place.Directory, Name));

    private string? Reconcile(string? given, string box) =>
        store.Reconcile(place, Name, given is null ? null : Bytes(given), Bytes(box)) is { } good
            ? Encoding.UTF8.GetString(good.Content)
            : null;
}
