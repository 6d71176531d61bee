using System.Text.Json;

namespace Platform.IdP.AuthorizationDetails;

/// <summary>Which authorization details a client may ask for (RFC 9396 section 5), and which are less than others.</summary>
internal sealed class AuthorizationDetailsPolicy(AuthorizationDetailsTypes types)
{
    private const int Most = 32;

    public AuthorizationDetailsCheck Check(string json, Client client)
    {
        // Section 2: an array of objects.
        if (ReceivedJson.Parse(json, JsonValueKind.Array) is not { } details)
            return Refuse("authorization_details is not a JSON array.");
        if (details.GetArrayLength() is 0 or > Most)
            return Refuse($"authorization_details has no object, or more than {Most}.");

        foreach (var detail in details.EnumerateArray())
        {
            if (Fault(detail, client) is { } fault)
                return Refuse(fault);
        }

        return new AuthorizationDetailsCheck.Valid(JsonSerializer.Serialize(details, DetailsJson.Default.JsonElement));
    }

    /// <summary>
    /// Whether all that is requested was granted: each object lies within a granted one of its type. Both are arrays that
    /// <see cref="Check"/> has accepted.
    /// </summary>
    public static bool Narrows(string requested, string? granted) =>
        granted is not null &&
        ReceivedJson.Parse(requested, JsonValueKind.Array) is { } less &&
        ReceivedJson.Parse(granted, JsonValueKind.Array) is { } more &&
        less.EnumerateArray().All(detail => more.EnumerateArray().Any(whole => IsWithin(detail, whole)));

    /// <summary>Who may accept a token with these details: what they name themselves, else what their type names.</summary>
    public IReadOnlyList<string> AudiencesOf(string json) =>
        ReceivedJson.Parse(json, JsonValueKind.Array) is { } details
            ? [.. details.EnumerateArray().SelectMany(LocationsOf).Distinct(StringComparer.Ordinal)]
            : [];

    /// <summary>The details that concern one of these audiences; null when none does.</summary>
    public string? For(string json, IReadOnlyList<string> audiences)
    {
        var kept = ReceivedJson.Parse(json, JsonValueKind.Array) is { } details
            ? details.EnumerateArray().Where(detail => LocationsOf(detail) is not { Count: > 0 } locations ||
                locations.Any(audiences.Contains)).Select(detail => detail.GetRawText()).ToArray()
            : [];
        return kept.Length > 0 ? $"[{string.Join(',', kept)}]" : null;
    }

    private string? Fault(JsonElement detail, Client client)
    {
        // Section 2: each object has a type.
        if (detail.ValueKind is not JsonValueKind.Object ||
            !detail.TryGetProperty("type", out var typeName) || typeName.ValueKind is not JsonValueKind.String)
            return "Each object of authorization_details needs a type.";

        // Section 5: a type that is unknown, or that this client has not registered for (section 10).
        if (types.Find(typeName.GetString()!) is not { } type)
            return "A type of authorization_details is unknown.";
        if (!client.AuthorizationDetailsTypes.Contains(type.Name, StringComparer.Ordinal))
            return "The client may not use this type of authorization_details.";

        return DetailFields.Fault(detail, type);
    }

    private IReadOnlyList<string> LocationsOf(JsonElement detail) =>
        detail.TryGetProperty("locations", out var locations) && ReceivedJson.Texts(locations) is { Count: > 0 } named
            ? named
            : types.Find(detail.GetProperty("type").GetString()!)?.Locations ?? [];

    // A field that was granted stands for a limit: it must be there, the same, or a part of the list. A field that was
    // not granted might widen, for all that is known of it here.
    private static bool IsWithin(JsonElement detail, JsonElement whole) =>
        whole.EnumerateObject().All(limit =>
            detail.TryGetProperty(limit.Name, out var value) && IsPart(value, limit.Value)) &&
        detail.EnumerateObject().All(field => whole.TryGetProperty(field.Name, out _));

    private static bool IsPart(JsonElement value, JsonElement limit) =>
        JsonElement.DeepEquals(value, limit) ||
        (value.ValueKind is JsonValueKind.Array && limit.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0 &&
            value.EnumerateArray().All(item => limit.EnumerateArray().Any(granted => JsonElement.DeepEquals(item, granted))));

    private static AuthorizationDetailsCheck.Refused Refuse(string description) => new(description);
}

internal abstract record AuthorizationDetailsCheck
{
    /// <param name="Json">The array, as it is kept.</param>
    public sealed record Valid(string Json) : AuthorizationDetailsCheck;

    /// <summary>The error is invalid_authorization_details.</summary>
    public sealed record Refused(string Description) : AuthorizationDetailsCheck;
}
