using System.Globalization;
using System.Text;
using Coop.Logins;

namespace Coop.Accounts;

/// <summary>The accounts for people.</summary>
internal static class AccountsText
{
    public static string Render(IReadOnlyList<AccountState> accounts, TimeZoneInfo zone)
    {
        StringBuilder text = new();
        var width = accounts.Count == 0 ? 0 : accounts.Max(account => account.Place.Name.Length) + 2;
        foreach (var account in accounts)
        {
            text.Append(account.Place.Name.PadRight(width)).Append(Means(account));
            if (account.Since is { } since)
            {
                text.Append(CultureInfo.InvariantCulture, $" since {Day(since, zone)}");
            }

            text.Append(
                account.Standing switch
                {
                    AccountStanding.Good => account.Expires is { } end ? $", until {Day(end, zone)}" : "",
                    AccountStanding.Expired =>
                        $", expired on {Day(account.Expires!.Value, zone)}: coop login {account.Place.Name}",
                    AccountStanding.Unreadable => $", cannot be read: coop login {account.Place.Name}",
                    _ => throw new InvalidOperationException($"No words for {account.Standing}."),
                }
            );
            text.Append(account.IsDefault ? " (default)\n" : "\n");
        }

        return text.ToString();
    }

    private static string Means(AccountState account) =>
        account.Means switch
        {
            "login" => "signed in",
            "settings" => "a provider of its own settings",
            var variable => $"key in {variable}",
        };

    private static string Day(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
