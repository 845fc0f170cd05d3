using Coop.Accounts;
using Coop.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.Logins;

public sealed class AccountListTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Every_account_is_told_with_its_means_and_standing_and_no_secret()
    {
        Write("env", "ANTHROPIC_API_KEY=sesame\nGEMINI_API_KEY=\n");
        Write("claude/.credentials.json", Claude("sesame", Now.AddHours(-1), "sesame"));
        Write("claude@old/.credentials.json", Claude("sesame", Now.AddHours(-1), ""));
        Write("claude@work/.credentials.json", Claude("sesame", Now.AddDays(30), ""));
        Write("codex/auth.json", "sesame");
        Write("gemini@-x/oauth_creds.json", "{}");
        Write("qwen/settings.json", """{"modelProviders":{}}""");
        var accounts = new AccountList(directory.Path, new FakeTimeProvider(Now)).Read();
        Assert.Equal(
            """
            claude       signed in since 2026-11-20 08:00 (default)
            claude@old   signed in since 2026-11-20 08:00, expired on 2026-11-23 11:00: coop login claude@old
            claude@work  signed in since 2026-11-20 08:00, until 2026-12-23 12:00
            codex        signed in since 2026-11-20 08:00, cannot be read: coop login codex
            qwen         a provider of its own settings

            """,
            AccountsText.Render(accounts, TimeZoneInfo.Utc)
        );
    }

    [Fact]
    public void A_key_signs_in_the_default_account()
    {
        Write("env", "GOOGLE_API_KEY=sesame\n");
        var accounts = new AccountList(directory.Path, new FakeTimeProvider(Now)).Read();
        Assert.Equal("gemini  key in GOOGLE_API_KEY (default)\n", AccountsText.Render(accounts, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Without_anything_there_is_nobody() =>
        Assert.Equal([], new AccountList(directory.PathOf("none"), new FakeTimeProvider(Now)).Read());

    private static string Claude(string token, DateTimeOffset expires, string refresh) =>
        $$$"""{"claudeAiOauth":{"accessToken":"{{{token}}}","refreshToken":"{{{refresh}}}","expiresAt":{{{expires.ToUnixTimeMilliseconds()}}}}}""";

    private void Write(string name, string text) =>
        File.SetLastWriteTimeUtc(directory.Write(name, text), new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc));
}
