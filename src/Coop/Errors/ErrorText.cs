namespace Coop.Errors;

/// <summary>The words of a <see cref="UserError"/>: the sentence, then the hint.</summary>
internal static class ErrorText
{
    public static IReadOnlyList<string> Lines(UserError error) => [error.Message, error.Hint];
}
