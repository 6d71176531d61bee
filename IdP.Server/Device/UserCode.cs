using System.Security.Cryptography;

namespace Platform.IdP.Device;

/// <summary>
/// What a person reads from one screen and types into another (RFC 8628 section 6.1): eight consonants, 34 bits.
/// Without vowels there are no words, and nothing looks like a digit.
/// </summary>
internal static class UserCode
{
    private const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";
    private const int Length = 8;

    public static string New() => Show(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>The code as it is shown, however it was typed; null when it cannot be one.</summary>
    public static string? Read(string? typed)
    {
        if (typed is null or { Length: > 4 * Length })
        {
            return null;
        }

        // Section 6.1: case and punctuation do not count.
        var letters = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return letters.Length == Length && letters.All(Alphabet.Contains) ? Show(letters) : null;
    }

    private static string Show(string letters) => $"{letters[..4]}-{letters[4..]}";
}
