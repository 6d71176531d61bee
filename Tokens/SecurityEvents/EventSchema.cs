using System.Text.Json;

namespace Platform.Tokens.SecurityEvents;

/// <summary>What an event of one type consists of. Receivers ignore what it does not name; transmitters need not.</summary>
public sealed class EventSchema
{
    private static readonly EventMember[] OfCaep =
    [
        EventMember.Time("event_timestamp"),
        EventMember.OneOf("initiating_entity", "admin", "user", "policy", "system"),
        EventMember.Localized("reason_admin"),
        EventMember.Localized("reason_user"),
    ];

    private static readonly EventMember[] OfRisc =
    [
        .. OfCaep[..2], EventMember.TextOrLocalized("reason_admin"), EventMember.TextOrLocalized("reason_user"),
    ];

    private static readonly EventSchema OfUnknownTypes = new([]);

    private static readonly Dictionary<string, EventSchema> ByType =
        EventSchemas.Members.ToDictionary(
            type => type.Key,
            type => new EventSchema([.. CommonTo(type.Key), .. type.Value]),
            StringComparer.Ordinal);

    private EventSchema(IReadOnlyList<EventMember> members) => Members = members;

    /// <summary>The members, the common ones first.</summary>
    public IReadOnlyList<EventMember> Members { get; }

    /// <summary>The schema of a type; one without any member for a type that is not known.</summary>
    public static EventSchema Of(string eventType) => ByType.GetValueOrDefault(eventType, OfUnknownTypes);

    /// <summary>Why the event is refused; null when it is not.</summary>
    public string? Refusal(JsonElement json) =>
        json.ValueKind != JsonValueKind.Object
            ? "The event is not a JSON object."
            : Members.Select(member => member.Refusal(json)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>The first member of the event that the schema does not name; null when there is none.</summary>
    public string? Stranger(JsonElement json) => json.EnumerateObject()
        .Select(member => member.Name)
        .FirstOrDefault(name => Members.All(member => member.Name != name));

    private static EventMember[] CommonTo(string type) =>
        EventTypes.OfStreams.Contains(type) ? [] : EventTypes.IsOfRisc(type) ? OfRisc : OfCaep;
}
