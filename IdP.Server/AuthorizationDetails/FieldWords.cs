namespace Platform.IdP.AuthorizationDetails;

/// <summary>Turns names that are written for programs, instructedAmount or payment_initiation, into words.</summary>
internal static class FieldWords
{
    public static string Of(string name)
    {
        var words = string.Concat(name.Select((character, index) =>
            character == '_' ? " " :
            index > 0 && char.IsUpper(character) && char.IsLower(name[index - 1]) ? $" {char.ToLowerInvariant(character)}" :
            $"{character}"));
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
