using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.IdP.Signals.Events;

/// <summary>
/// Something that happened, not yet addressed to anybody: each destination gets a SET of its own, with its audience, its jti
/// and the form of the subject that it wants.
/// </summary>
internal sealed record SecurityEvent
{
    public required string Id { get; init; }

    /// <summary>The URI of CAEP, RISC or SSF (<see cref="Platform.Tokens.SecurityEvents.EventTypes"/>).</summary>
    public required string Type { get; init; }

    public required EventSubject Subject { get; init; }

    /// <summary>The event's value: an object with the members that its type has, event_timestamp and the like included.</summary>
    public required JsonElement Members { get; init; }

    /// <summary>RFC 8417 section 2.2: the same for all events that one change causes.</summary>
    public required string TransactionId { get; init; }

    /// <summary>Events of the same key stay in order.</summary>
    public required string OrderKey { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public string? TraceParent { get; init; }

    public string? TraceState { get; init; }

    /// <summary>The jti at one destination: always the same, so that what is sent twice is known to be one.</summary>
    public string JwtIdAt(string destination) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Id}|{destination}")));
}

/// <summary>How events are written to Redis and to disk.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SecurityEvent))]
internal sealed partial class SecurityEventJson : JsonSerializerContext;
