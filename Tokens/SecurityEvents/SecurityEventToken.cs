using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

/// <summary>A Security Event Token (RFC 8417) with the one event that SSF 1.0 allows it.</summary>
public sealed record SecurityEventToken(
    string Issuer,
    string Audience,
    string JwtId,
    DateTimeOffset IssuedAt,
    SubjectIdentifier Subject,
    string EventType,
    JsonElement Event,
    string? TransactionId)
{
    /// <summary>The explicit type (RFC 8417 section 2.3).</summary>
    internal const string Type = "secevent+jwt";

    /// <summary>When the event happened, where it says so (CAEP 1.0 section 2).</summary>
    public DateTimeOffset? EventTimestamp => Event.Time("event_timestamp");

    /// <summary>The compact SET; it has neither <c>sub</c> nor <c>exp</c> (SSF 1.0 section 4.1).</summary>
    public string Sign(SigningKey key)
    {
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["jti"] = JwtId,
            ["iat"] = IssuedAt.ToUnixTimeSeconds(),
            ["sub_id"] = Subject.ToJson(),
            ["events"] = new JsonObject { [EventType] = JsonObject.Create(Event) },
        };
        if (TransactionId is not null)
        {
            claims["txn"] = TransactionId;
        }

        return Jwt.Sign(key, Type, claims);
    }
}
