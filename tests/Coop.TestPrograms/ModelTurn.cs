using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>One answer of the scripted model; the parts that are set are given in this order: text, then tools. An error is given instead of all others.</summary>
public sealed record ModelTurn
{
    public string? Text { get; init; }

    /// <summary>A command, by whichever tool the agent offers for it.</summary>
    public string? Shell { get; init; }

    /// <summary>A file, by whichever tool the agent offers for it.</summary>
    public FileToWrite? Write { get; init; }

    /// <summary>A tool by its name in the request.</summary>
    public ToolCall? Tool { get; init; }

    public ModelFailure? Failure { get; init; }

    /// <summary>A refusal that is given for a while, as by a provider whose allowance comes back; null for all other turns.</summary>
    public Refusal? Refused { get; init; }

    /// <summary>The request is taken and never answered.</summary>
    public bool Hangs { get; init; }

    /// <summary>Given again to every request that follows.</summary>
    public bool Repeats { get; init; }

    public long InputTokens { get; init; } = 1200;

    public long OutputTokens { get; init; } = 34;

    public static ModelTurn Say(string text) => new() { Text = text };

    public static ModelTurn Fail(ModelFailure failure) => new() { Failure = failure, Repeats = true };

    /// <summary>Everything is refused for that long, counted from the first request that meets it.</summary>
    /// <param name="failure">What is answered, for the instant when it ends: a whole second.</param>
    public static ModelTurn Refuse(TimeSpan length, Func<DateTimeOffset, ModelFailure> failure) =>
        new() { Refused = new Refusal(length, failure) };

    /// <param name="Path">Absolute.</param>
    public sealed record FileToWrite(string Path, string Content);

    public sealed record Refusal(TimeSpan Length, Func<DateTimeOffset, ModelFailure> Failure);

    /// <param name="Group">The namespace some requests put tools into; null without one.</param>
    public sealed record ToolCall(string Name, JsonObject Input, string? Group = null);
}
