using System.Text.Json.Serialization;

namespace Coop.Accounts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<AccountsJson>))]
internal sealed partial class AccountsJsonContext : JsonSerializerContext;
