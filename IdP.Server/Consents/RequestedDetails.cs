using System.Text.Json;

namespace Platform.IdP.Consents;

/// <summary>Shows authorization_details (RFC 9396) to a person: nothing that she allows is kept from her.</summary>
internal static class RequestedDetails
{
    public static IReadOnlyList<ConsentDetail> Describe(string? authorizationDetails)
    {
        if (authorizationDetails is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(authorizationDetails);
        return [.. document.RootElement.EnumerateArray().Select(detail => new ConsentDetail(
            Words(detail.GetProperty("type").GetString()!),
            [.. detail.EnumerateObject().Where(member => member.Name != "type")
                .Select(member => KeyValuePair.Create(Words(member.Name), Text(member.Value)))]))];
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Object => string.Join(", ",
            value.EnumerateObject().Select(member => $"{Words(member.Name)}: {Text(member.Value)}")),
        _ => value.ToString(),
    };

    // instructedAmount and payment_initiation are written for programs.
    private static string Words(string name)
    {
        var words = string.Concat(name.Select((character, index) =>
            character == '_' ? " " :
            index > 0 && char.IsUpper(character) && char.IsLower(name[index - 1]) ? $" {char.ToLowerInvariant(character)}" :
            $"{character}"));
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
