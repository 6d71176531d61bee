using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

/// <summary>The members that all CAEP events share (CAEP 1.0 section 2); unknown ones are ignored.</summary>
internal static class SecurityEventSchema
{
    private static readonly string[] Entities = ["admin", "user", "policy", "system"];

    public static string? Refusal(JsonProperty occurrence)
    {
        // RFC 8417 section 2.2: the event is named by a URI and its value is an object
        if (!Uri.TryCreate(occurrence.Name, UriKind.Absolute, out _))
        {
            return "The event type is not a URI.";
        }

        var json = occurrence.Value;
        if (json.ValueKind != JsonValueKind.Object)
        {
            return "The event is not a JSON object.";
        }

        if (json.Has("event_timestamp") && json.Time("event_timestamp") is null)
        {
            return "The event_timestamp is not a time.";
        }

        if (json.Has("initiating_entity") && !Entities.Contains(json.Text("initiating_entity")))
        {
            return "The initiating_entity is not admin, user, policy or system.";
        }

        return IsReason(json, "reason_admin") && IsReason(json, "reason_user")
            ? null
            : "A reason is not an object of texts by language.";
    }

    private static bool IsReason(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var reason)
        || (reason.ValueKind == JsonValueKind.Object
            && reason.EnumerateObject().Any()
            && reason.EnumerateObject().All(text => text.Value.ValueKind == JsonValueKind.String));
}
