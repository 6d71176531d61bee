using System.Text.RegularExpressions;

namespace Platform.IdP.Languages;

/// <summary>A part of a text: words, or the place of a value; public, because generated components are.</summary>
/// <param name="Place">Null for words.</param>
public sealed partial record SentencePart(string Words, int? Place)
{
    public static IEnumerable<SentencePart> Of(string text) =>
        Places().Split(text).Select((part, index) => index % 2 == 0
            ? new SentencePart(part, null)
            : new SentencePart("", part[0] - '0'));

    // What is captured stands between the words.
    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Places();
}
