using System.Globalization;

namespace Coop.TestKit;

/// <summary>How long the random tests go on: <c>COOP_SOAK_ROUNDS</c>, which a soak sets, or the few of an ordinary run.</summary>
internal static class SoakRounds
{
    public static int Or(int ordinary) =>
        Environment.GetEnvironmentVariable("COOP_SOAK_ROUNDS") is { Length: > 0 } rounds
            ? int.Parse(rounds, CultureInfo.InvariantCulture)
            : ordinary;
}
