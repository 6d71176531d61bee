using System.Text.Json.Serialization;

namespace Platform.Caep.Recent;

/// <summary>One event and what it did, as administrators see it: no token, no full address, no full session id.</summary>
internal sealed record RecentEvent(
    DateTimeOffset At,
    string Door,
    string Outcome,
    string? JwtId,
    string? Issuer,
    string? Type,
    string? Subject,
    DateTimeOffset? HappenedAt,
    string? Effect,
    int? Sessions,
    string? Error,
    string? Reason);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecentEvent))]
[JsonSerializable(typeof(IReadOnlyList<RecentEvent>))]
internal sealed partial class RecentJson : JsonSerializerContext;
