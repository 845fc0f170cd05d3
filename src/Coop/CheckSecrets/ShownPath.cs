using System.Text;
using Coop.Scanning;
using Coop.Storage;

namespace Coop.CheckSecrets;

/// <summary>Paths and sentences with paths for the reports: a file may be called as the credential it holds.</summary>
internal static class ShownPath
{
    // Made when there is something to tell, which is seldom.
    private static readonly Lazy<SecretScanner> Scanner = new(SecretScanner.Standard);

    public static BytePath Of(BytePath path) => path.IsEmpty ? path : BytePath.From(Scanner.Value.Redact(path.Bytes));

    public static string In(string sentence) => Encoding.UTF8.GetString(Scanner.Value.Redact(Encoding.UTF8.GetBytes(sentence)));
}
