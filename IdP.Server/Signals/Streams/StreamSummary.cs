using System.Text.Json.Serialization;

namespace Platform.IdP.Signals.Streams;

/// <summary>One stream in the administrator's list.</summary>
/// <param name="Endpoint">The host alone: paths and queries of receivers may hold secrets.</param>
internal sealed record StreamSummary(
    string StreamId, string ClientId, string? Description, string Method, string? Endpoint, string Status, string? Reason,
    IReadOnlyList<string> EventsDelivered, DateTimeOffset CreatedAt, long QueueLength, DateTimeOffset? OldestEvent,
    long Delivered, long Dropped, long DeadLetters, int Failures, DateTimeOffset? RetryAt, DateTimeOffset? LastSuccess,
    DateTimeOffset? LastFailure, string? LastError, DateTimeOffset? LastSeen)
{
    public static StreamSummary Of(EventStream stream, StreamRecord record, long queued, DateTimeOffset? oldest, long deadLetters) => new(
        stream.Id, stream.ClientId, stream.Description, stream.Delivery.Method,
        stream.Delivery.EndpointUrl is { } address ? new Uri(address).Authority : null,
        stream.Status, stream.Reason, [.. stream.EventsRequested.Where(stream.Delivers)], stream.CreatedAt, queued, oldest,
        record.Delivered, record.Dropped, deadLetters, record.Failures, record.RetryAt, record.LastSuccess,
        record.LastFailure, record.LastError, record.LastSeen);
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<StreamSummary>))]
[JsonSerializable(typeof(List<DeadLetter>))]
[JsonSerializable(typeof(RedeliveryAnswer))]
internal sealed partial class AdministrationJson : JsonSerializerContext;
