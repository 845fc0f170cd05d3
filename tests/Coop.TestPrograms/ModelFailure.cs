using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>An answer that is none, as the providers give them.</summary>
public sealed record ModelFailure(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, JsonNode Body)
{
    /// <summary>Anthropic: an allowance of the account is used up until then; agents heed it for logins, not for keys.</summary>
    public static ModelFailure AnthropicWindow(DateTimeOffset reset, string window = "five_hour") =>
        new(
            429,
            [
                new("anthropic-ratelimit-unified-status", "rejected"),
                new("anthropic-ratelimit-unified-reset", $"{reset.ToUnixTimeSeconds()}"),
                new("anthropic-ratelimit-unified-representative-claim", window),
            ],
            Anthropic("rate_limit_error", "This request would exceed your account's rate limit.")
        );

    public static ModelFailure AnthropicRate() =>
        new(429, [new("retry-after", "1")], Anthropic("rate_limit_error", "This request would exceed the rate limit."));

    public static ModelFailure AnthropicOverload() => new(529, [], Anthropic("overloaded_error", "Overloaded"));

    public static ModelFailure AnthropicKey() => new(401, [], Anthropic("authentication_error", "invalid x-api-key"));

    /// <summary>OpenAI: an allowance of the account is used up until then.</summary>
    public static ModelFailure OpenAiWindow(DateTimeOffset reset) =>
        new(
            429,
            [],
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["type"] = "usage_limit_reached",
                    ["message"] = "The usage limit has been reached",
                    ["plan_type"] = "plus",
                    ["resets_at"] = reset.ToUnixTimeSeconds(),
                },
            }
        );

    public static ModelFailure OpenAiRate() => new(429, [], OpenAi("rate_limit_exceeded", "Rate limit reached"));

    public static ModelFailure OpenAiKey() => new(401, [], OpenAi("invalid_api_key", "Incorrect API key provided"));

    public static ModelFailure GeminiDaily() =>
        new(
            429,
            [],
            Gemini(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota",
                Quota("GenerateRequestsPerDayPerProjectPerModel")
            )
        );

    public static ModelFailure GeminiRate(int seconds) =>
        new(
            429,
            [],
            Gemini(
                429,
                "RESOURCE_EXHAUSTED",
                "Resource has been exhausted",
                new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.RetryInfo", ["retryDelay"] = $"{seconds}s" }
            )
        );

    public static ModelFailure GeminiKey() =>
        new(
            400,
            [],
            Gemini(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", Reason("API_KEY_INVALID"))
        );

    private static JsonObject Anthropic(string type, string message) =>
        new()
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
        };

    private static JsonObject OpenAi(string code, string message) =>
        new()
        {
            ["error"] = new JsonObject
            {
                ["type"] = "invalid_request_error",
                ["code"] = code,
                ["message"] = message,
            },
        };

    private static JsonObject Gemini(int code, string status, string message, JsonObject detail) =>
        new()
        {
            ["error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = message,
                ["status"] = status,
                ["details"] = new JsonArray(detail),
            },
        };

    private static JsonObject Quota(string id) =>
        new()
        {
            ["@type"] = "type.googleapis.com/google.rpc.QuotaFailure",
            ["violations"] = new JsonArray(new JsonObject { ["quotaId"] = id }),
        };

    private static JsonObject Reason(string reason) =>
        new()
        {
            ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
            ["reason"] = reason,
            ["domain"] = "googleapis.com",
        };
}
