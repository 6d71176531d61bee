using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.IdP.Signals.Streams;

/// <summary>Changes a stream as its receiver asks (SSF 1.0 sections 8.1.1.1, 8.1.1.3 and 8.1.1.4).</summary>
internal sealed class StreamConfiguration(StreamView view, DeliveryReader deliveries)
{
    private const int MostEvents = 200;
    private const int LongestDescription = 500;
    private const int LongestEvent = 500;

    public ConfigurationCheck Create(EventStream stream, JsonElement body) => Apply(stream, body, isPartial: false);

    /// <param name="isPartial">Whether what the body does not mention stays (PATCH), or goes (PUT).</param>
    public ConfigurationCheck Change(EventStream stream, JsonElement body, bool isPartial) => Mismatch(stream, body) is { } name
        ? Refused($"{name} is the transmitter's, and not what was sent: leave it out.")
        : Apply(stream, body, isPartial);

    private ConfigurationCheck Apply(EventStream stream, JsonElement body, bool isPartial)
    {
        var events = Member(body, "events_requested", isPartial, stream.EventsRequested, [], ReadEvents);
        if (events is null)
            return Refused($"events_requested must be an array of at most {MostEvents} URIs.");

        var description = Member(body, "description", isPartial, stream.Description ?? "", "", ReadDescription);
        if (description is null)
            return Refused($"description must be a text of at most {LongestDescription} characters.");

        var format = Member(body, "format", isPartial, stream.Format, SubjectFormats.IssuerSubject, ReadFormat);
        if (format is null)
            return Refused($"format must be one of {string.Join(", ", SubjectFormats.All)}.");

        var delivery = deliveries.Read(stream, body, isPartial);
        return delivery is DeliveryCheck.Valid valid
            ? new ConfigurationCheck.Valid(stream with
            {
                EventsRequested = events,
                Description = description.Length > 0 ? description : null,
                Format = format,
                Delivery = valid.Delivery,
            })
            : Refused(((DeliveryCheck.Refused)delivery).Description);
    }

    // SSF 1.0 section 8.1.1.3: what the transmitter supplies must be what it was before the change.
    private string? Mismatch(EventStream stream, JsonElement body)
    {
        var shown = view.Show(stream);
        return StreamView.OfTransmitter.FirstOrDefault(name =>
            body.TryGetProperty(name, out var sent) && !IsSame(shown[name], sent));
    }

    // A set of events has no order, and an audience of one may stand in an array.
    private static bool IsSame(JsonNode? shown, JsonElement sent) =>
        (shown is JsonArray || sent.ValueKind is JsonValueKind.Array)
            ? ReceivedJson.Texts(sent) is { } texts && texts.ToHashSet().SetEquals(shown is JsonArray array
                ? array.Select(item => (string)item!)
                : [shown?.ToString() ?? ""])
            : JsonNode.DeepEquals(shown, JsonValue.Create(sent));

    /// <summary>What the member says, or stands for when it is not there; null when it cannot be read.</summary>
    private static T? Member<T>(
        JsonElement body, string name, bool isPartial, T former, T preset, Func<JsonElement, T?> read)
        where T : class =>
        !body.TryGetProperty(name, out var value) ? (isPartial ? former : preset)
        : value.ValueKind is JsonValueKind.Null ? preset
        : read(value);

    private static IReadOnlyList<string>? ReadEvents(JsonElement value) =>
        ReceivedJson.Texts(value) is { Count: <= MostEvents } texts && texts.All(text => text.Length <= LongestEvent)
            ? [.. texts.Distinct(StringComparer.Ordinal)]
            : null;

    private static string? ReadDescription(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && value.GetString() is { Length: <= LongestDescription } text ? text : null;

    private static string? ReadFormat(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && value.GetString() is { } text && SubjectFormats.All.Contains(text) ? text : null;

    private static ConfigurationCheck.Refused Refused(string description) => new(description);
}

internal abstract record ConfigurationCheck
{
    public sealed record Valid(EventStream Stream) : ConfigurationCheck;

    public sealed record Refused(string Description) : ConfigurationCheck;
}
