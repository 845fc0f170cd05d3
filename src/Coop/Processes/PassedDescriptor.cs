namespace Coop.Processes;

/// <summary>One descriptor handed to a child.</summary>
/// <param name="Ours">The number in this process.</param>
/// <param name="Theirs">The number in the child.</param>
internal readonly record struct PassedDescriptor(int Ours, int Theirs);
