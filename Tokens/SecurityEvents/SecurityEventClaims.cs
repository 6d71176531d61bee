using System.Text.Json;
using Platform.Tokens.Jose;

namespace Platform.Tokens.SecurityEvents;

internal static class SecurityEventClaims
{
    /// <summary>The checks on the claims, in order; the first that fails.</summary>
    public static SecurityEventCheck.Refused? Refusal(JsonElement claims, SecurityEventRules rules, DateTimeOffset now)
    {
        // RFC 8417 section 2.2: the transmitter, compared exactly
        if (!claims.Is("iss", rules.Issuer))
        {
            return new(SecurityEventErrors.InvalidIssuer, "The issuer (iss) is another one.");
        }

        // RFC 8417 section 2.2: this receiver is among the audience
        if (!claims.IsFor(rules.Audience) && !rules.OtherAudiences.Any(name => claims.IsFor(name)))
        {
            return new(SecurityEventErrors.InvalidAudience, "The audience (aud) is another one.");
        }

        // SSF 1.0 section 4.1: the subject is sub_id alone, so that no SET passes for an ID token or access token
        if (claims.Has("sub"))
        {
            return Malformed("The token has a sub.");
        }

        // SSF 1.0 section 4.1: an event does not expire
        if (claims.Has("exp"))
        {
            return Malformed("The token has an expiry (exp).");
        }

        // RFC 8417 section 2.2: required
        if (string.IsNullOrEmpty(claims.Text("jti")))
        {
            return Malformed("The token id (jti) is missing.");
        }

        // RFC 8417 section 2.2: required
        if (TimeClaims.IssueRefusal(claims, rules.ClockSkew, now) is { } untimely)
        {
            return Malformed(untimely);
        }

        // SSF 1.0 section 4.1: required
        if (!claims.Has("sub_id"))
        {
            return Malformed("The subject (sub_id) is missing.");
        }

        // RFC 8417 section 2.2, SSF 1.0 section 4.1: exactly one event
        if (!claims.TryGetProperty("events", out var events)
            || events.ValueKind != JsonValueKind.Object
            || events.EnumerateObject().Count() != 1)
        {
            return Malformed("The token has not exactly one event (events).");
        }

        // RFC 8417 section 2.2: the event is named by a URI
        var occurrence = events.EnumerateObject().Single();
        if (!Uri.TryCreate(occurrence.Name, UriKind.Absolute, out _))
        {
            return Malformed("The event type is not a URI.");
        }

        // SSF 1.0 section 8.1.1 (critical_subject_members): whom a member narrows down that is not understood is not known
        if (CriticalStranger(claims.GetProperty("sub_id"), rules) is { } member)
        {
            return Malformed($"The subject has the critical member {member}, which is not understood here.");
        }

        return EventSchema.Of(occurrence.Name).Refusal(occurrence.Value) is { } reason ? Malformed(reason) : null;
    }

    /// <exception cref="FormatException">The subject identifier is not understood.</exception>
    public static SecurityEventToken Read(JsonElement claims, SecurityEventRules rules)
    {
        var occurrence = claims.GetProperty("events").EnumerateObject().Single();
        return new SecurityEventToken(
            rules.Issuer,
            rules.Audience,
            claims.Text("jti")!,
            claims.Time("iat")!.Value,
            SubjectIdentifier.Parse(claims.GetProperty("sub_id")),
            occurrence.Name,
            occurrence.Value,
            claims.Text("txn"));
    }

    private static string? CriticalStranger(JsonElement subject, SecurityEventRules rules) =>
        subject.ValueKind == JsonValueKind.Object && subject.Is("format", SubjectIdentifier.Complex.Format)
            ? rules.CriticalSubjectMembers.FirstOrDefault(name => subject.Has(name) && !rules.SubjectMembers.Contains(name))
            : null;

    private static SecurityEventCheck.Refused Malformed(string reason) =>
        new(SecurityEventErrors.InvalidRequest, reason);
}
