namespace Coop.Demo;

/// <summary>One thing the scripted agent did, as its box reported it.</summary>
/// <param name="Id">Of <see cref="DemoScript"/>.</param>
/// <param name="ExitCode">0 when the command found nothing wrong.</param>
/// <param name="Said">The last line it printed; empty when it printed nothing.</param>
internal sealed record DemoAttempt(string Id, int ExitCode, string Said);
