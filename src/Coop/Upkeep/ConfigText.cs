using System.Text;
using Coop.Configuration;

namespace Coop.Upkeep;

/// <summary>The settings as aligned columns: key, value, source.</summary>
internal static class ConfigText
{
    private const string NotSet = "-";
    private const int WidestValue = 40;

    public static string Render(IReadOnlyList<SettingValue> values)
    {
        var keyWidth = values.Max(value => value.Key.Length) + 2;
        var valueWidth = Math.Min(values.Max(value => Shown(value).Length), WidestValue) + 2;
        StringBuilder text = new();
        foreach (var value in values)
        {
            // A long value pushes only its own source to the right.
            var shown = Shown(value).PadRight(valueWidth - 2);
            text.Append(value.Key.PadRight(keyWidth)).Append(shown).Append("  ").Append(value.Source).Append('\n');
        }

        return text.ToString();
    }

    private static string Shown(SettingValue value) => value.Text.Length == 0 ? NotSet : Terminal.PlainText.CleanLine(value.Text);
}
