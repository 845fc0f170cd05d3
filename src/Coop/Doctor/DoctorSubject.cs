using Coop.Configuration;
using Coop.Errors;

namespace Coop.Doctor;

/// <summary>What is examined: the user's own engine, image and settings.</summary>
/// <param name="Image">Null where the engine has none.</param>
/// <param name="EngineProblem">Why the engine does not answer; null when it does.</param>
internal sealed record DoctorSubject(
    HostEnvironment Host,
    Settings Settings,
    EngineKind Engine,
    string? Image,
    UserError? EngineProblem
);
