namespace Coop.AgentEvents;

/// <summary>Why a provider refuses for now.</summary>
internal enum LimitKind
{
    /// <summary>An allowance of the account for a window of hours or days is used up.</summary>
    Window,

    /// <summary>The day's quota of a model is used up.</summary>
    Daily,

    /// <summary>Too many requests at once (HTTP 429); it passes within minutes.</summary>
    Rate,

    /// <summary>The provider itself is overloaded (HTTP 529, 503).</summary>
    Overload,
}
