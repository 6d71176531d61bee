using System.Text.Json;

namespace Platform.IdP.AuthorizationDetails;

/// <summary>Whether one object holds what its type asks for (RFC 9396 section 5), and nothing else.</summary>
internal static class DetailFields
{
    // Section 2.2: the common field that says where a token is used.
    private const string Locations = "locations";

    public static string? Fault(JsonElement detail, AuthorizationDetailsType type)
    {
        foreach (var field in type.Fields)
        {
            if (field.IsRequired && !detail.TryGetProperty(field.Name, out _))
                return $"The field {field.Name} of authorization_details is missing.";
        }

        foreach (var member in detail.EnumerateObject())
        {
            if (Fault(member, type) is { } fault)
                return fault;
        }

        return null;
    }

    private static string? Fault(JsonProperty member, AuthorizationDetailsType type)
    {
        if (member.Name == "type")
            return null;

        if (member.Name == Locations)
            return AreLocations(member.Value, type) ? null : "The locations of authorization_details are not known for its type.";

        var field = type.Fields.FirstOrDefault(field => field.Name == member.Name);
        if (field is null && !type.TakesAnyField)
            return "A field of authorization_details is not known for its type.";

        return field is { Values: [_, ..] allowed } && !AreAmong(member.Value, allowed)
            ? $"The field {field.Name} of authorization_details has a value that is not allowed."
            : null;
    }

    private static bool AreLocations(JsonElement value, AuthorizationDetailsType type) =>
        ReceivedJson.Texts(value) is { Count: > 0 } locations &&
        locations.All(location => type.Locations.Count == 0
            ? Uri.TryCreate(location, UriKind.Absolute, out _)
            : type.Locations.Contains(location, StringComparer.Ordinal));

    private static bool AreAmong(JsonElement value, IReadOnlyList<string> allowed) => value.ValueKind switch
    {
        JsonValueKind.String => allowed.Contains(value.GetString(), StringComparer.Ordinal),
        JsonValueKind.Array => ReceivedJson.Texts(value) is { Count: > 0 } texts && !texts.Except(allowed).Any(),
        _ => false,
    };
}
