using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Events;

/// <summary>
/// An event that an administrator raises, checked by the schema that receivers check it by. What they would ignore is refused
/// here: a member that is misspelt must not make the event mean something else.
/// </summary>
internal sealed record EventCommand(string Type, SubjectIdentifier Subject, JsonElement Event)
{
    private static readonly string[] Known = ["type", "subject", "event"];

    /// <summary>The command, or null with the reason why it is none.</summary>
    public static async Task<(EventCommand? Command, string? Fault)> ReadAsync(HttpRequest request, DateTimeOffset now) =>
        !request.HasJsonContentType() ? (null, "The body must be JSON.")
        : await ReceivedJson.ReadObjectAsync(request) is { } json ? Read(json, now)
        : (null, "The body is not a JSON object with unique members.");

    private static (EventCommand?, string?) Read(JsonElement json, DateTimeOffset now)
    {
        if (json.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
            return (null, $"'{unknown}' is not known: the members are type, subject and event.");
        if (!json.TryGetProperty("type", out var named) || named.ValueKind is not JsonValueKind.String ||
            EventTypes.Find(named.GetString()!) is not { } type)
            return (null, "type must be an event type of CAEP or RISC: its URI, or the last segment of it.");

        // SSF 1.0 section 8.1.4: those are for the transmitter to send.
        if (EventTypes.OfStreams.Contains(type))
            return (null, "type is one of the events by which a transmitter manages its streams.");
        if (!json.TryGetProperty("subject", out var subject))
            return (null, "subject is missing: give a subject identifier (RFC 9493).");
        if (ReadSubject(subject, out var fault) is not { } identifier)
            return (null, fault);

        var value = json.TryGetProperty("event", out var given) ? given : JsonElement.Parse("{}");
        return Refusal(type, identifier, value, now) is { } refusal
            ? (null, refusal)
            : (new EventCommand(type, identifier, Complete(value, now)), null);
    }

    private static SubjectIdentifier? ReadSubject(JsonElement json, out string? fault)
    {
        try
        {
            var identifier = SubjectIdentifier.Parse(json);
            fault = "subject has a member that its format does not have.";
            return JsonElement.DeepEquals(json, JsonSerializer.SerializeToElement(identifier.ToJson())) ? identifier : null;
        }
        catch (FormatException unreadable)
        {
            fault = unreadable.Message;
            return null;
        }
    }

    private static string? Refusal(string type, SubjectIdentifier subject, JsonElement value, DateTimeOffset now)
    {
        var schema = EventSchema.Of(type);
        if (schema.Refusal(value) is { } refusal)
            return refusal;
        if (schema.Stranger(value) is { } stranger)
            return $"The event has no member '{stranger}': it has {string.Join(", ", schema.Members.Select(member => member.Name))}.";

        // A state that is restored is ordered by this: one of tomorrow would outlast what happens today.
        if (value.TryGetProperty("event_timestamp", out var at) && at.GetDouble() > now.ToUnixTimeSeconds())
            return "The event_timestamp is in the future.";

        // RISC 1.0 sections 2.5 and 2.6
        return type is EventTypes.IdentifierChanged or EventTypes.IdentifierRecycled &&
            subject is not (SubjectIdentifier.Email or SubjectIdentifier.PhoneNumber)
                ? "The subject of this event is an e-mail address or a telephone number."
                : null;
    }

    // CAEP 1.0 section 2; the interoperability profile wants a reason.
    private static JsonElement Complete(JsonElement value, DateTimeOffset now)
    {
        var members = JsonObject.Create(value)!;
        members.TryAdd("event_timestamp", now.ToUnixTimeSeconds());
        members.TryAdd("initiating_entity", "admin");
        members.TryAdd("reason_admin", new JsonObject { ["en"] = "Raised by an administrator." });
        return JsonSerializer.SerializeToElement(members);
    }
}
