namespace Coop.Formats;

/// <summary>One setting of an <see cref="EnvFile"/>.</summary>
internal sealed record EnvLine(string Key, string Value, TextPlace Place);
