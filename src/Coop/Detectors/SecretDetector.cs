using System.Text;

namespace Coop.Detectors;

/// <summary>One kind of credential, as data.</summary>
/// <param name="Id">Stable: baselines and reports name it.</param>
/// <param name="Title">For people; a noun without article.</param>
/// <param name="Notation">The form, as <see cref="ShapeParser"/> reads it; empty for a kind that code of its own finds.</param>
/// <param name="Source">Where the provider publishes the form.</param>
/// <param name="Example">
/// A made-up value with a bar in it, which no scanner takes for a token; see <see cref="Unbarred"/>.
/// </param>
/// <param name="CounterExample">A value that looks alike and is none; barred too.</param>
internal sealed record SecretDetector(
    string Id,
    string Title,
    string Notation,
    string Source,
    string Example,
    string CounterExample
)
{
    private readonly Lazy<Shape> shape = new(() => Shape.Parse(Notation));

    /// <summary>Literal texts, one of which every value holds: what is searched for. Empty for a value that only its name tells.</summary>
    public IReadOnlyList<string> Anchors { get; init; } = [];

    /// <summary>How many bytes of the value may stand before the anchor; 0 when the value begins with it.</summary>
    public int Lead { get; init; }

    /// <summary>Words of which one must stand in the name of the value, or for <see cref="Anchors"/> nearby; lower case, without separators.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Endings of the name of which one must be there; empty for any credential's name.</summary>
    public IReadOnlyList<string> Tails { get; init; } = [];

    public DetectorCheck Check { get; init; }

    /// <summary>Shannon entropy of the value without its anchor, in bits a byte.</summary>
    public double LeastEntropy { get; init; } = 2.5;

    /// <summary>The value holds digits: a form so short or so wide that words have it too.</summary>
    public bool NeedsDigits { get; init; }

    public SecretTier Tier { get; init; } = SecretTier.Provider;

    public Shape Shape => shape.Value;

    /// <summary>An example as it would stand in a file.</summary>
    /// <param name="barred">The example as the table holds it.</param>
    public static byte[] Unbarred(string barred) => Encoding.UTF8.GetBytes(barred.Replace("¦", "", StringComparison.Ordinal));
}
