using System.Text.Json;

namespace Platform.IdP.AuthorizationDetails;

/// <summary>Shows authorization details to people: nothing that they allow is kept from them.</summary>
internal sealed class AuthorizationDetailsText(AuthorizationDetailsTypes types)
{
    /// <param name="json">An array that was accepted, or null.</param>
    public IReadOnlyList<DetailText> Describe(string? json) =>
        json is not null && ReceivedJson.Parse(json, JsonValueKind.Array) is { } details
            ? [.. details.EnumerateArray().Select(Describe)]
            : [];

    private DetailText Describe(JsonElement detail)
    {
        var name = detail.GetProperty("type").GetString()!;
        var type = types.Find(name);
        return new DetailText(type?.Title ?? FieldWords.Of(name), type?.Description,
            [.. detail.EnumerateObject().Where(member => member.Name != "type")
                .Select(member => new DetailLine(TitleOf(type, member.Name), TextOf(member.Value)))]);
    }

    private static string TitleOf(AuthorizationDetailsType? type, string field) =>
        type?.Fields.FirstOrDefault(known => known.Name == field)?.Title ?? FieldWords.Of(field);

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(TextOf)),
        JsonValueKind.Object => string.Join(", ",
            value.EnumerateObject().Select(member => $"{FieldWords.Of(member.Name)}: {TextOf(member.Value)}")),
        _ => value.ToString(),
    };
}

/// <summary>One object of authorization_details, in words.</summary>
internal sealed record DetailText(string Title, string? Description, IReadOnlyList<DetailLine> Lines);

internal sealed record DetailLine(string Title, string Text);
